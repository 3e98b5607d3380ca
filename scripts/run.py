"""`make run` and `make venv`: from a bare Python to a running site. Needs nothing but the standard library.

Written so that an old Python can still read it and say that it is too old.
"""

import hashlib
import os
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts" if os.name == "nt" else "bin") / "python"
MINIMUM = (3, 11)
HOST = "127.0.0.1"
DEFAULT_PORT = 8000
REQUIREMENTS = {"run": "requirements/base.txt", "dev": "requirements/dev.txt", "browser": "requirements/browser.txt"}


def say(text):
    print(text, flush=True)  # noqa: T201


def stop(text):
    say("")
    say("!! " + text)
    sys.exit(1)


def check_python():
    if sys.version_info < MINIMUM:
        stop(
            "Python {}.{} or newer is needed; this is {}.{}. ".format(*MINIMUM, *sys.version_info[:2])
            + "Choose another with: make PYTHON=python3.11 run"
        )


def check_port(port):
    """Say so before the long steps when the port is taken."""
    probe = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind((HOST, port))
    except OSError:
        stop(f"Port {port} is in use. Stop what runs there, or choose another: make run PORT={port + 1}")
    finally:
        probe.close()


def install(kind):
    """Make .venv and install the locked requirements, unless that was done for this very lock file."""
    lock = ROOT / REQUIREMENTS[kind]
    digest = hashlib.sha256((sys.version + lock.read_text(encoding="utf-8")).encode()).hexdigest()
    stamp = VENV / ("installed-" + kind)
    if PYTHON.exists() and stamp.exists() and stamp.read_text(encoding="utf-8") == digest:
        return
    say("1/5  Installing what the site needs into .venv (a minute or two, the first time only) …")
    if not PYTHON.exists() and subprocess.call([sys.executable, "-m", "venv", str(VENV)]) != 0:
        stop("Python could not make .venv. On Debian and Ubuntu the module venv comes in the package python3-venv.")
    command = [str(PYTHON), "-m", "pip", "install", "--disable-pip-version-check", "--require-hashes", "-r", str(lock)]
    if subprocess.call([*command, "--progress-bar", "on", "--quiet"]) != 0:
        stop("Installing failed. Is there a network? The lines above say what was missing; run the same command again.")
    stamp.write_text(digest, encoding="utf-8")


def manage(*arguments):
    if subprocess.call([str(PYTHON), str(ROOT / "manage.py"), *arguments], env=environment()) != 0:
        stop(f"This step failed: manage.py {' '.join(arguments)}. What went wrong stands above.")


def environment():
    return {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "DJANGO_RUNSERVER_HIDE_WARNING": "true", **os.environ}


def port_wanted():
    text = os.environ.get("PORT") or str(DEFAULT_PORT)
    if not text.isdigit() or not 0 < int(text) < 65536:
        stop(f"PORT must be a number from 1 to 65535, not {text!r}.")
    return int(text)


def run():
    port = port_wanted()
    check_port(port)
    install("run")
    say("2/5  Translations …")
    compile_translations()
    manage("prepare_demo", "--hostname", HOST, "--port", str(port))
    os.execve(
        str(PYTHON),
        [str(PYTHON), str(ROOT / "manage.py"), "runserver", "--noreload", "--insecure", f"{HOST}:{port}"],
        environment(),
    )


def compile_translations():
    if subprocess.call([str(PYTHON), str(ROOT / "scripts" / "translations.py"), "compile"]) != 0:
        stop("The translations could not be compiled.")


def main():
    check_python()
    what = sys.argv[1] if len(sys.argv) > 1 else "run"
    if what == "run":
        run()
    elif what in REQUIREMENTS:
        install(what)
        compile_translations()
    else:
        stop("Use: run.py run, run.py dev or run.py browser")


if __name__ == "__main__":
    main()

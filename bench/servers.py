"""Servers that live as long as a measurement: a throwaway PostgreSQL, and gunicorn with two workers."""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

ROOT = Path(__file__).parent.parent
HOST = "127.0.0.1"
WORKERS = 2
NO_POSTGRESQL = (
    "PostgreSQL is not installed: Wagtail's database search is not measured, and the site runs on SQLite. "
    "On Debian and Ubuntu: apt-get install postgresql"
)
_STARTING = 60  # seconds
_PROGRAMS = Path("/usr/lib/postgresql")


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def postgresql_programs() -> Path | None:
    """Where initdb and pg_ctl are."""
    for program in sorted(_PROGRAMS.glob("*/bin/initdb"), reverse=True):
        return program.parent
    found = shutil.which("initdb")
    return Path(found).parent if found else None


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of an empty database; the server is gone afterwards. Call only where there are programs."""
    programs = postgresql_programs()
    if programs is None:
        raise RuntimeError(NO_POSTGRESQL)
    directory = Path(mkdtemp(prefix="bench-pg-"))
    user = _unprivileged(directory)
    port = free_port()
    options = f"-p {port} -k {directory} -c fsync=off -c listen_addresses={HOST} -c shared_buffers=256MB"
    initdb = [str(programs / "initdb"), "-D", f"{directory}/data", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
    control = [str(programs / "pg_ctl"), "-D", f"{directory}/data"]
    try:
        _run([*initdb, "-U", "bench"], user)
        _run([*control, "-w", "-l", f"{directory}/log", "-o", options, "start"], user)
        yield f"postgres://bench@{HOST}:{port}/postgres"
    finally:
        _run([*control, "-m", "immediate", "stop"], user, check=False)
        shutil.rmtree(directory, ignore_errors=True)


def _unprivileged(directory: Path) -> str | None:
    """PostgreSQL refuses to run as root: then it runs as the user that its package made."""
    if os.getuid() != 0:
        return None
    account = pwd.getpwnam("postgres")
    os.chown(directory, account.pw_uid, account.pw_gid)
    return account.pw_name


def _run(command: list[str], user: str | None, *, check: bool = True) -> None:
    quiet = subprocess.DEVNULL
    subprocess.run(command, user=user, check=check, stdout=quiet, stderr=quiet, stdin=quiet, cwd="/")


@contextmanager
def gunicorn(application: str, environment: Mapping[str, str]) -> Iterator[int]:
    """The port on which two synchronous workers serve a WSGI application of this project."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "--pythonpath", "site,.", "--workers", str(WORKERS)]
    command += ["--bind", f"{HOST}:{port}", "--log-level", "warning", application]
    log = Path(mkdtemp(prefix="bench-log-")) / "log"
    with log.open("wb") as sink:
        process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **environment}, stdout=sink, stderr=subprocess.STDOUT
        )
        try:
            _wait_for(port, process, log)
            yield port
        finally:
            process.terminate()
            process.wait(timeout=30)
            shutil.rmtree(log.parent, ignore_errors=True)


def _wait_for(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + _STARTING
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"the server does not start: {log.read_text(encoding='utf-8', errors='replace')[-2000:]}")

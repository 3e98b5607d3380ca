"""What a test does in the site itself, such as making an event: what no visitor does, and what the clock does."""

import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.browser.conftest import ROOT, environment_of


def in_the_site(folder: Path, program: str, address: str = "", **given: Any) -> str:
    """Run a few lines in the site under test; answers what they print last. `address`: for links in mails."""
    values = "\n".join(f"{name} = {value!r}" for name, value in given.items())
    environment = environment_of(folder, urlsplit(address).port or 0, DJANGO_SETTINGS_MODULE="config.settings.dev")
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", f"{values}\n{program}"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr[-3000:]
    return (done.stdout.strip().splitlines() or [""])[-1]

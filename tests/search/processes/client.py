"""The side of the tests: starts the host, asks it for processes, waits for them or kills them."""

import itertools
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 180.0  # seconds for one job, on a busy machine


class Process:
    """One forked process and the file of its answer."""

    def __init__(self, pid: int, answer: Path) -> None:
        self.pid = pid
        self._answer = answer

    def kill(self) -> bool:
        """SIGKILL; False when it was dead already."""
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True

    @property
    def alive(self) -> bool:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return False
        return True

    def gone(self) -> None:
        """Wait until it is dead."""
        deadline = time.monotonic() + PATIENCE
        while self.alive:
            assert time.monotonic() < deadline, "a process does not end"
            time.sleep(0.005)

    def answer(self) -> Any:
        """What the job answered, when it has ended by itself. Raises AssertionError with its traceback."""
        self.gone()
        assert self._answer.exists(), "the process died before it could answer"
        found = json.loads(self._answer.read_text(encoding="utf-8"))
        assert not (isinstance(found, dict) and "error" in found), found["error"]
        return found

    @property
    def failed(self) -> str:
        """The traceback of a job that ended by itself with an error; empty otherwise, also when it was killed."""
        if not self._answer.exists():
            return ""
        found = json.loads(self._answer.read_text(encoding="utf-8"))
        return found.get("error", "") if isinstance(found, dict) else ""


class RealSite:
    """A database file and an index directory, with processes that use them."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.index = directory / "search"
        self.database = directory / "ankerplaats.sqlite3"
        self.log = directory / "log"
        self._count = itertools.count(1)
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "PYTHONPATH": f"{ROOT / 'site'}{os.pathsep}{ROOT}",
            "VAR_DIR": str(directory),
            "DATABASE_URL": f"sqlite:///{self.database}",
            "SEARCH_INDEX_DIR": str(self.index),
        }
        with self.log.open("w") as log:
            self._host = subprocess.Popen(
                [sys.executable, "-m", "tests.search.processes.host"],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def start(self, job: str, **arguments: object) -> Process:
        """Fork a process for a job of `jobs.py`."""
        answer = self.directory / f"answer-{next(self._count)}.json"
        assert self._host.stdin is not None
        assert self._host.stdout is not None
        self._host.stdin.write(json.dumps({"job": job, "arguments": arguments, "answer": str(answer)}) + "\n")
        self._host.stdin.flush()
        pid = self._host.stdout.readline()
        assert pid, self.log.read_text()
        return Process(int(pid), answer)

    def run(self, job: str, **arguments: object) -> Any:
        """Do a job in a process of its own and wait for its answer."""
        return self.start(job, **arguments).answer()

    def close(self) -> None:
        """Stop the host."""
        self._host.kill()
        self._host.communicate()

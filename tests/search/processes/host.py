"""Runs as `python -m tests.search.processes.host`: loads Django once and forks a process for every line it reads.

A line is JSON: the name of a job in `jobs.py` and its arguments. The answer is the id of the forked process. A job's
own answer goes to the file that the line names. Nothing here opens the database or the index before a fork: a process
that is forked afterwards shares nothing with the others but the files.
"""

import json
import os
import signal
import sys
import traceback
from pathlib import Path

import django


def main() -> None:
    django.setup()
    from tests.search.processes import jobs

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead need not be waited for
    for line in sys.stdin:
        asked = json.loads(line)
        pid = os.fork()
        if pid == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a command prints is no answer
            _run(getattr(jobs, asked["job"]), asked["arguments"], Path(asked["answer"]))
        print(pid, flush=True)  # noqa: T201


def _run(job: object, arguments: dict[str, object], answer: Path) -> None:
    status = 0
    try:
        found = job(**arguments)  # type: ignore[operator]
    except BaseException:
        found, status = {"error": traceback.format_exc()}, 1
    draft = answer.with_suffix(".draft")
    draft.write_text(json.dumps(found), encoding="utf-8")
    draft.replace(answer)
    os._exit(status)


if __name__ == "__main__":
    main()

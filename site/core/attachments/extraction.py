"""Asking the worker for the text of a document, and believing it only so far."""

import json
import logging
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils.encoding import force_str

from core.attachments.reasons import Reason

logger = logging.getLogger(__name__)

WORKER = "core.attachments.worker"
SOURCE_ROOT = Path(__file__).resolve().parents[2]
GRACE = 2  # seconds for starting Python, above the processor time that the worker may use
# A line that a page broke off: "radicali-⏎sering". A capital behind the hyphen may be a name of its own.
_BROKEN_WORD = re.compile(r"(?<=[a-zà-ÿ])-\n(?=[a-zà-ÿ])")
_UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\xad]")


@dataclass(frozen=True, slots=True)
class Extraction:
    """A text, or the reason why there is none."""

    text: str = ""
    reason: Reason | None = None


def extract(file: IO[bytes], kind: str, size: int) -> Extraction:
    """The text of an open file of this kind (an extension). Never raises because of what is in the file."""
    if size > settings.ATTACHMENT_MAX_BYTES:
        return Extraction(reason=Reason.TOO_LARGE)
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as out:
        shutil.copyfileobj(file, source)
        source.seek(0)
        status = _run(kind, source, out)
        if status != 0:
            return Extraction(reason=_reason_of(status))
        out.seek(0)
        return _understood(out.read())


def _run(kind: str, source: IO[bytes], out: IO[bytes]) -> int | None:
    """The exit status of the worker; None where it had to be stopped. It inherits nothing of our environment."""
    limits = settings.ATTACHMENT_CHARACTERS, settings.ATTACHMENT_SECONDS, settings.ATTACHMENT_MEGABYTES
    command = [sys.executable, "-P", "-s", "-B", "-m", WORKER, kind, *map(str, limits)]
    try:
        return subprocess.run(  # noqa: S603  # our own module; the kind is an argument, not a command
            command,
            stdin=source,
            stdout=out,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": str(SOURCE_ROOT), "PYTHONUTF8": "1"},
            timeout=settings.ATTACHMENT_SECONDS + GRACE,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        return None


def _reason_of(status: int | None) -> Reason:
    logger.info("Reading a document ended with status %s.", status)
    if status is None or status in {-getattr(signal, "SIGXCPU", 24), -getattr(signal, "SIGKILL", 9)}:
        return Reason.TIMEOUT
    return Reason.BROKEN


def _understood(output: bytes) -> Extraction:
    try:
        answer = json.loads(output)
        if reason := answer.get("reason"):
            return Extraction(reason=Reason(reason))
        text = cleaned(force_str(answer["text"]))[: settings.ATTACHMENT_CHARACTERS]
    except (ValueError, KeyError, AttributeError, TypeError):
        return Extraction(reason=Reason.BROKEN)
    return Extraction(text) if text else Extraction(reason=Reason.EMPTY)


def cleaned(text: str) -> str:
    """What a database can hold and a reader can read: no control characters, words put together again."""
    text = _UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(line for row in _BROKEN_WORD.sub("", text).split("\n") if (line := " ".join(row.split())))

"""Kept answers in files, for all workers of a machine: what one of them made, none makes again.

Every generation of every release has a directory of its own, so nothing is ever looked for where something older may
lie. A file is written beside its place and moved there; whatever is wrong with one, it counts as not there.
"""

import hashlib
import json
import logging
import os
import shutil
import threading
import time
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkstemp
from typing import Any

from core.generation import MAX_AGE
from core.release import stamp

logger = logging.getLogger(__name__)

_BEGINNING = b"page1"
_CHECKED = len(_BEGINNING) + 4  # and then the sum of everything that follows
_LOOKS = 16  # times that a process looks at the size while it writes as much as there may be
_KEPT_OF_FULL = 0.75  # so much is left after tidying up


@dataclass(frozen=True)
class Kept:
    """An answer as it went out."""

    content: bytes
    headers: Mapping[str, str]

    @property
    def size(self) -> int:
        return len(self.content) + 2000  # the headers and the bookkeeping, roughly


class PageFiles:
    """At most `limit` bytes, give or take what each worker writes between two looks at the size."""

    def __init__(self, root: Path, limit: int) -> None:
        self.root = root
        self.limit = limit
        self._written = 0
        self._tidying = threading.Lock()

    def get(self, number: int, key: tuple[str, ...]) -> tuple[Kept, float] | None:
        """The answer and the seconds that it may still be used; `number` is the generation that was just read."""
        try:
            raw = self._place(number, key).read_bytes()
        except OSError:
            return None
        try:
            header, content = _opened(raw)
            seconds = min(header["until"], header["made"] + MAX_AGE) - time.time()
            if header["key"] != list(key) or seconds <= 0 or header["made"] > time.time() + 1:
                return None
            return Kept(content, {str(name): str(value) for name, value in header["headers"].items()}), seconds
        except (ValueError, KeyError, TypeError, AttributeError):
            return None

    def put(self, number: int, key: tuple[str, ...], kept: Kept, *, seconds: float) -> None:
        """Keep it for the other workers. What cannot be written is not kept."""
        place = self._place(number, key)
        now = time.time()
        header = {"key": key, "made": now, "until": now + seconds, "headers": dict(kept.headers)}
        raw = _closed(json.dumps(header).encode(), kept.content)
        if len(raw) > self.limit / _LOOKS:
            return
        try:
            is_new = not place.parent.is_dir()
            if is_new:
                place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(place, raw)
        except OSError as error:
            logger.warning("A page could not be kept: %s", error)
            return
        self._written += len(raw)
        if is_new or self._written > self.limit / _LOOKS:
            self._written = 0
            threading.Thread(target=self.tidy, args=(number,), name="page-files", daemon=True).start()

    def tidy(self, number: int) -> None:
        """Remove older generations, what other releases left, and the oldest files while there are too many bytes."""
        if not self._tidying.acquire(blocking=False):
            return
        try:
            with suppress(OSError):
                for directory in self.root.iterdir():
                    if _is_over(directory, number):
                        shutil.rmtree(directory, ignore_errors=True)
            self._shrink()
        finally:
            self._tidying.release()

    def _shrink(self) -> None:
        files = sorted(self._files())
        total = sum(size for _time, _path, size in files)
        if total <= self.limit:
            return
        for _time, path, size in files:
            if total <= self.limit * _KEPT_OF_FULL:
                return
            with suppress(OSError):
                path.unlink()
                total -= size

    def _files(self) -> Iterator[tuple[int, Path, int]]:
        for directory, _directories, names in os.walk(self.root):
            for name in names:
                path = Path(directory) / name
                with suppress(OSError):
                    found = path.stat()
                    yield found.st_mtime_ns, path, found.st_size

    def _place(self, number: int, key: tuple[str, ...]) -> Path:
        name = hashlib.blake2s("\0".join(key).encode(errors="surrogatepass"), digest_size=16).hexdigest()
        return self.root / f"{number}-{stamp()}" / name


def _closed(header: bytes, content: bytes) -> bytes:
    body = b"".join((len(header).to_bytes(4), header, content))
    return b"".join((_BEGINNING, zlib.crc32(body).to_bytes(4), body))


def _opened(raw: bytes) -> tuple[dict[str, Any], bytes]:
    """Raises ValueError for anything but a whole file."""
    body = memoryview(raw)[_CHECKED:]
    if not raw.startswith(_BEGINNING) or zlib.crc32(body).to_bytes(4) != raw[len(_BEGINNING) : _CHECKED]:
        raise ValueError("not a kept page")
    end = 4 + int.from_bytes(body[:4])
    return json.loads(bytes(body[4:end])), bytes(body[end:])


def _write(place: Path, raw: bytes) -> None:
    descriptor, name = mkstemp(dir=place.parent, prefix=".")
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(raw)
        draft.replace(place)
    except BaseException:
        with suppress(OSError):
            draft.unlink()
        raise


def _is_over(directory: Path, number: int) -> bool:
    """An older generation; or one that nobody wrote to for longer than anything is kept: another release's."""
    begins = directory.name.partition("-")[0]
    older = not begins.isdigit() or int(begins) < number
    return older or directory.stat().st_mtime < time.time() - 2 * MAX_AGE

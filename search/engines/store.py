"""Where an embedded index lives: versioned directories, a pointer to the one in use, a lock for writing.

<root>/current         the name of the directory in use, replaced in one step
<root>/v1-20260102T…/  one build of the index
<root>/write.lock      held by whoever changes anything
"""

import fcntl
import os
import shutil
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from search.engines.base import IndexBusy, IndexUnavailable

_STAMP = "%Y%m%dT%H%M%S"
_LONGEST_NAME = 200  # bytes
_POLL = 0.02  # seconds between two tries for the lock


class IndexStore:
    """The directories of one index; `schema_version` keeps code from opening what other code wrote."""

    def __init__(self, root: Path, schema_version: int) -> None:
        self.root = root
        self._prefix = f"v{schema_version}-"
        self._pointer = root / "current"
        self._held = threading.local()

    def build_name(self) -> str:
        """What the pointer says, whatever that is; empty when there is none."""
        try:
            return self._pointed().decode("utf-8", "replace").strip()
        except OSError:
            return ""

    def _pointed(self) -> bytes:
        """The beginning of the pointer; read with every search. Raises OSError."""
        descriptor = os.open(self._pointer, os.O_RDONLY)
        try:
            return os.read(descriptor, _LONGEST_NAME)
        finally:
            os.close(descriptor)

    def built(self) -> datetime | None:
        """When the index in use was built."""
        try:
            stamp = self.build_name().split("-")[1]
            return datetime.strptime(stamp, _STAMP).replace(tzinfo=UTC)
        except (IndexError, ValueError):
            return None

    def size(self) -> int:
        """Bytes on disk of everything here, also of builds that are no longer in use."""
        total = 0
        for directory, _directories, names in os.walk(self.root):
            for name in names:
                with suppress(OSError):  # a writer tidies up meanwhile
                    total += (Path(directory) / name).stat().st_size
        return total

    def current(self) -> Path:
        """The directory in use. Raises IndexUnavailable."""
        try:
            name = self._pointed().decode().strip()
        except (OSError, UnicodeDecodeError) as error:
            raise IndexUnavailable(f"there is no index yet, rebuild it ({error})") from error
        if not name.startswith(self._prefix) or "/" in name:
            raise IndexUnavailable(f"the index {name[:50]!r} is of another version, rebuild it")
        return self.root / name

    def create(self) -> Path:
        """A new directory, not yet in use; the caller holds the lock."""
        directory = self.root / f"{self._prefix}{datetime.now(UTC):{_STAMP}}-{uuid.uuid4().hex[:8]}"
        directory.mkdir()
        return directory

    def publish(self, directory: Path) -> None:
        """Bring a directory into use and tidy up. The previous one stays for readers that are about to open it."""
        try:
            previous = self._pointer.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            previous = ""
        draft = self._pointer.with_suffix(".new")
        with draft.open("w", encoding="utf-8") as file:
            file.write(directory.name)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._pointer)
        for other in self.root.iterdir():
            if other.is_dir() and other.name.startswith("v") and other.name not in (directory.name, previous):
                shutil.rmtree(other, ignore_errors=True)

    def discard(self, directory: Path) -> None:
        """Remove a directory that will not be used."""
        shutil.rmtree(directory, ignore_errors=True)

    @contextmanager
    def lock(self, timeout: float) -> Iterator[None]:
        """Hold the write lock, across processes and threads, re-entrant in a thread. Raises IndexBusy.

        The system frees the lock when its holder dies.
        """
        depth = getattr(self._held, "depth", 0)
        if depth:
            yield
            return
        with self._lock_file() as file:
            self._acquire(file.fileno(), timeout)
            self._held.depth = 1
            try:
                yield
            finally:
                self._held.depth = 0
                fcntl.flock(file.fileno(), fcntl.LOCK_UN)

    def _lock_file(self) -> IO[str]:
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            return (self.root / "write.lock").open("a")
        except OSError as error:
            raise IndexUnavailable(f"the index directory cannot be written to ({error})") from error

    @staticmethod
    def _acquire(descriptor: int, timeout: float) -> None:
        deadline = time.monotonic() + timeout
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError as error:
                if time.monotonic() >= deadline:
                    raise IndexBusy("another process is writing to the index") from error
                time.sleep(_POLL)

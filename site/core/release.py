"""A stamp of everything besides the database that a page is made of: the program, its packages, its settings."""

import hashlib
import os
import site
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

_ROOT = Path(__file__).resolve().parents[2]
_SOURCES = ("site", "search", "templates", "locale")


@cache
def stamp() -> str:
    """The same in all workers of a release, another after a deployment: by when files changed, not by what they say."""
    state = hashlib.blake2s(digest_size=12)
    for path in _files():
        try:
            found = path.stat()
        except OSError:
            continue
        state.update(f"{path}|{found.st_mtime_ns}|{found.st_size}\n".encode())
    for name, value in sorted(os.environ.items()):
        state.update(f"{name}={value}\n".encode(errors="surrogateescape"))
    state.update(repr(settings.DATABASES["default"].get("NAME")).encode())
    return state.hexdigest()


def _files() -> Iterator[Path]:
    """The program's own files, the list of static ones, and the directories that change with every installation."""
    for source in _SOURCES:
        for directory, directories, names in os.walk(_ROOT / source):
            directories[:] = sorted(name for name in directories if name != "__pycache__")
            yield from (Path(directory) / name for name in sorted(names))
    yield Path(settings.STATIC_ROOT) / "staticfiles.json"
    yield from map(Path, sorted(site.getsitepackages()))

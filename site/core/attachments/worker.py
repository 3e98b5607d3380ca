"""The process that reads one file: `python -m core.attachments.worker KIND CHARACTERS SECONDS MEGABYTES`.

The file is on standard input, the answer goes to standard output as JSON. It knows no settings, no database and no
secret; what it takes in time, memory and output is limited by the system, so that a hostile file can only hurt itself.
"""

import json
import sys
from typing import IO

from core.attachments.readers import READERS, Unreadable
from core.attachments.reasons import Reason

MAXIMUM_OUTPUT_BYTES = 8 * 1024 * 1024


def limit(seconds: int, megabytes: int) -> None:
    """Ask the system to stop this process when it takes too much. Where it cannot, the parent's clock remains."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    wanted = {
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_AS: megabytes * 1024 * 1024,
        resource.RLIMIT_FSIZE: MAXIMUM_OUTPUT_BYTES,
        resource.RLIMIT_CORE: 0,
    }
    for kind, value in wanted.items():
        _soft, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (value, value) if hard == resource.RLIM_INFINITY else (min(value, hard), hard))


def text_of(handle: IO[bytes], kind: str, characters: int) -> str:
    """The text, cut off after so many characters. Raises Unreadable."""
    reader = READERS.get(kind)
    if reader is None:
        raise Unreadable(Reason.UNSUPPORTED)
    pieces: list[str] = []
    room = characters
    for piece in reader(handle):
        pieces.append(piece[:room])
        room -= len(pieces[-1]) + 1
        if room <= 0:
            break
    return "\n".join(pieces)


def answer(handle: IO[bytes], kind: str, characters: int) -> dict[str, str]:
    try:
        return {"text": text_of(handle, kind, characters)}
    except Unreadable as refusal:
        return {"reason": refusal.reason}
    except MemoryError:
        return {"reason": Reason.TOO_LARGE}
    except Exception:  # a library may raise anything on a broken or hostile file
        return {"reason": Reason.BROKEN}


def main(arguments: list[str]) -> None:
    kind, characters, seconds, megabytes = arguments[0], *map(int, arguments[1:4])
    limit(seconds, megabytes)
    json.dump(answer(sys.stdin.buffer, kind, characters), sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])

"""Workers that misbehave, one for each word, after the limits of the real one."""

import json
import os
import sys
import time


def main(what: str, characters: str, seconds: str, megabytes: str) -> None:
    if what == "sleep":
        time.sleep(60)
    from core.attachments import worker

    worker.limit(int(seconds), int(megabytes))
    if what == "spin":
        while True:
            pass
    elif what == "crash":
        os.abort()
    elif what == "nonsense":
        sys.stdout.write('["geen antwoord"]')
    elif what == "flood":
        sys.stdout.write("x" * (worker.MAXIMUM_OUTPUT_BYTES * 2))
    elif what == "memory":
        worker.READERS["memory"] = lambda handle: iter(["x" * 500_000_000])
        json.dump(worker.answer(sys.stdin.buffer, what, int(characters)), sys.stdout)
    elif what == "environment":
        json.dump({"text": " ".join(os.environ)}, sys.stdout)
    elif what == "modules":
        json.dump({"text": " ".join(sys.modules)}, sys.stdout)


main(*sys.argv[1:5])

"""How long it takes from publishing a page in one process until a search in another one finds it."""

import subprocess
import sys
import time
from statistics import median

PUBLISHED = 5
_POLL = 0.002  # seconds
_PATIENCE = 60


def publish_delays() -> dict[str, float]:
    """Milliseconds: of the call that publishes, and from its beginning until the page is found elsewhere."""
    from practices.models import PracticePage

    published, found = [], []
    for number, page in enumerate(PracticePage.objects.live().order_by("-pk")[:PUBLISHED]):
        word = f"publicatieproef{'abcdefghij'[number]}"
        other = subprocess.Popen(
            [sys.executable, "-m", "bench.delay", word], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
        )
        if other.stdout is None or other.stdout.readline() != "ready\n":
            raise RuntimeError("the process that searches does not start")
        page.title = f"{page.title} {word}"
        start = time.time()
        page.save_revision().publish()
        published.append((time.time() - start) * 1000)
        moment = float(other.communicate(timeout=_PATIENCE)[0])
        found.append((moment - start) * 1000)
    return {"publish": median(published), "searchable": median(found)}


def _wait_for(word: str) -> None:
    import django

    django.setup()
    from people.audiences import PUBLIC
    from search.api import search
    from search.query import SearchRequest

    request = SearchRequest(audiences=frozenset({PUBLIC}), text=word, literal=True)
    search(request)
    print("ready", flush=True)  # noqa: T201
    deadline = time.time() + _PATIENCE
    while not search(request).total and time.time() < deadline:
        time.sleep(_POLL)
    print(time.time())  # noqa: T201


if __name__ == "__main__":
    _wait_for(sys.argv[1])

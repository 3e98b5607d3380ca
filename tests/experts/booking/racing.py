"""Runs steps at once, each in a thread with a connection of its own."""

import threading
from collections import Counter
from collections.abc import Callable, Iterable

from django.db import connections

from experts.booking.exceptions import BookingError


def at_once(steps: Iterable[Callable[[], object]]) -> Counter[str]:
    """How many were done, and how many ended in which error."""
    steps, results = list(steps), []
    gate = threading.Barrier(len(steps))

    def run(step: Callable[[], object]) -> None:
        gate.wait(timeout=60)
        try:
            step()
            results.append("done")
        except BookingError as error:
            results.append(type(error).__name__)
        except Exception as error:  # a test says which
            results.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[step]) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return Counter(results)

"""What a worker loaded is left out of garbage collection, and is let go of when it settles again."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from core.settled import settle


class Ring:
    """Only garbage collection lets go of it: it holds itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


def test_what_was_loaded_is_not_looked_at_again_until_it_settles_anew() -> None:
    ring = Ring()
    gone = weakref.ref(ring)
    settle()
    del ring
    gc.collect()
    assert gone() is not None
    settle()
    assert gone() is None


def test_what_an_answer_makes_is_collected_less_often() -> None:
    before = gc.get_threshold()
    settle()
    assert gc.get_threshold()[0] > before[0]

"""Work that needs little of Python, done in another thread while this one goes on.

Tantivy lets go of Python while it searches: with a processor to spare, two questions take as long as the longer one.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

AnswerT = TypeVar("AnswerT")


class Aside:
    """Threads of one process, begun when they are first needed; those of a process are not in its forks."""

    def __init__(self) -> None:
        self._pool = self._new()
        os.register_at_fork(after_in_child=self._forget)

    def begin(self, work: Callable[[], AnswerT]) -> Callable[[], AnswerT]:
        """Begin now; what is returned waits for the answer, and raises what was raised."""
        return self._pool.submit(work).result

    def _forget(self) -> None:
        self._pool = self._new()

    @staticmethod
    def _new() -> ThreadPoolExecutor:
        return ThreadPoolExecutor(thread_name_prefix="aside")


ASIDE = Aside()

"""Counts wait in the process until there are a few, so that no search waits for the database."""

import atexit
import datetime
import logging
import threading
from dataclasses import replace

from django.conf import settings
from django.db import connection
from django.utils import timezone

from search.log.questions import Question
from search.log.store import Key, Tally, write

logger = logging.getLogger(__name__)

SECONDS = 5
MAXIMUM_WAITING = 2000  # different questions; when the database stays away, new ones are dropped
PATIENCE = 3  # writes that an opened page waits for its question, which another process may still hold


class Buffer:
    """Thread-safe. Written by a thread of its own: when SEARCH_LOG_BUFFER counts wait, after SECONDS, at exit."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._writing = threading.Lock()
        self._tallies: dict[Key, Tally] = {}
        self._counts = 0
        self._timer: threading.Timer | None = None

    def asked(self, question: Question, hits: int) -> None:
        self._add(question, hits)

    def opened(self, question: Question) -> None:
        self._add(question, None)

    def _add(self, question: Question, hits: int | None) -> None:
        key = (timezone.localdate(), question)
        with self._lock:
            if key not in self._tallies and len(self._tallies) >= MAXIMUM_WAITING:
                return
            tally = self._tallies.setdefault(key, Tally())
            if hits is None:
                tally.opened += 1
            else:
                tally.add_asked(hits)
            self._counts += 1
            limit = settings.SEARCH_LOG_BUFFER
            if limit:
                self._schedule(0 if self._counts >= limit else SECONDS)
        if not limit:
            self.flush()

    def _schedule(self, seconds: float) -> None:
        """See to it that a thread writes soon. Called with the lock held."""
        if self._timer is not None and self._timer.is_alive():
            if seconds or self._timer.interval == 0:
                return
            self._timer.cancel()
        self._timer = threading.Timer(seconds, self._flush_apart)
        self._timer.daemon = True
        self._timer.start()

    def _flush_apart(self) -> None:
        """In the timer's thread, which has a database connection of its own."""
        try:
            self.flush()
        finally:
            connection.close()

    def flush(self) -> None:
        """Write what waits. Whatever goes wrong is told to the log and to nobody else."""
        with self._writing:
            with self._lock:
                tallies, self._tallies, self._counts, self._timer = self._tallies, {}, 0, None
            if not tallies:
                return
            try:
                unasked = write(tallies)
            except Exception:
                logger.exception("%d counts of searches were lost", len(tallies))
            else:
                self._keep_waiting(unasked)

    def _keep_waiting(self, unasked: dict[Key, Tally]) -> None:
        with self._lock:
            for key, tally in unasked.items():
                if tally.rounds < PATIENCE and settings.SEARCH_LOG_BUFFER:
                    waiting = self._tallies.setdefault(key, replace(tally, opened=0, rounds=tally.rounds + 1))
                    waiting.opened += tally.opened
            if self._tallies:
                self._schedule(SECONDS)

    def waiting(self) -> dict[tuple[datetime.date, Question], Tally]:
        """A copy of what is not written yet."""
        with self._lock:
            return dict(self._tallies)


buffer = Buffer()
atexit.register(buffer.flush)

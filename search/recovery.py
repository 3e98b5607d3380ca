"""What mends the index by itself: one thread in the background of a process, never the request that noticed.

A reader's request notices an index that cannot be read, and gets a plain listing. The rebuild runs behind the write
lock, so that of all processes that notice one rebuilds; the others find a new index. What fails is tried again at the
next request, after a pause that doubles.
"""

import logging
import threading
import time
from collections.abc import Callable

from django.conf import settings
from django.db import connections

from search import documents, signals
from search.engines.base import IndexBusy, IndexUnavailable, SearchEngine

logger = logging.getLogger(__name__)

FIRST_PAUSE = 30.0  # seconds after an attempt
LONGEST_PAUSE = 3600.0
BUSY_PAUSE = 5.0  # another process is at it
CATCH_UP_TIMEOUT = 60.0  # seconds to wait for the right to write
_LOG_EVERY = 5000  # documents


class Background:
    """At most one job at a time, and none too soon after the one before."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._thread: threading.Thread | None = None
        self._not_before = 0.0
        self._pause = FIRST_PAUSE

    def start(self, job: Callable[[], None], *, patient: bool) -> bool:
        """Start the job unless one is running; a `patient` job also keeps to the pause. Answers whether it started."""
        with self._guard:
            running = self._thread is not None and self._thread.is_alive()
            if running or (patient and time.monotonic() < self._not_before):
                return False
            self._thread = threading.Thread(target=self._run, args=(job, patient), name="search-recovery", daemon=True)
            self._thread.start()
            return True

    def wait(self, timeout: float) -> None:
        """Until the job is done (for tests)."""
        thread = self._thread
        if thread is not None:
            thread.join(timeout)

    def _run(self, job: Callable[[], None], patient: bool) -> None:
        pause = self._pause
        try:
            job()
        except IndexBusy:
            pause = BUSY_PAUSE
            logger.info("Another process is writing to the search index; its work is not done twice.")
        except IndexUnavailable as error:
            logger.error("The search index could not be mended: %s", error)
        except Exception:
            logger.exception("The search index could not be mended.")
        finally:
            connections.close_all()
        if patient:
            self._rest(pause)

    def _rest(self, pause: float) -> None:
        """Longer after every attempt; from the beginning when the last one was long ago."""
        now = time.monotonic()
        long_ago = now - self._not_before > LONGEST_PAUSE
        if pause != BUSY_PAUSE:
            self._pause = FIRST_PAUSE if long_ago else min(2 * self._pause, LONGEST_PAUSE)
        self._not_before = now + pause


background = Background()


def enabled() -> bool:
    """Off in tests: a thread has a database connection of its own, and would find a test's database empty."""
    return bool(getattr(settings, "SEARCH_RECOVERY", True))


def notice(engine: SearchEngine, error: IndexUnavailable) -> None:
    """Somebody could not read the index: mend it in the background."""
    if not enabled():
        return
    broken = engine.build_name()
    if background.start(lambda: _rebuild_and_drain(engine, broken), patient=True):
        logger.error("The search index cannot be used and will be rebuilt: %s", error)


def catch_up() -> None:
    """Work off the outbox in the background: what a process that died or a change that was too large left behind."""
    if enabled():
        background.start(_catch_up, patient=False)


def rebuild(engine: SearchEngine, broken: str) -> int | None:
    """Rebuild the index unless somebody else did: then it has another name than the broken one, and this answers None.

    Raises IndexBusy when another process is writing, IndexUnavailable when the directory cannot be written to.
    """
    with engine.writing(0):
        if engine.build_name() != broken:
            return None
        started = time.monotonic()
        logger.warning("Rebuilding the search index.")
        number = engine.rebuild(documents.build_all(), words=documents.vocabulary(), progress=_log_progress)
        logger.warning("The search index is rebuilt: %d documents in %.1f s.", number, time.monotonic() - started)
        signals.tell()
        return number


def _rebuild_and_drain(engine: SearchEngine, broken: str) -> None:
    from search.outbox import drain_all

    rebuild(engine, broken)
    drain_all()


def _catch_up() -> None:
    """Drain; without a usable index rebuild it first."""
    from search.api import get_engine
    from search.outbox import drain_all

    engine = get_engine()
    status = engine.status()
    if not status.available:
        _rebuild_and_drain(engine, engine.build_name())
        return
    done = drain_all(timeout=CATCH_UP_TIMEOUT)
    if done.done:
        logger.info("Worked off the search outbox: %d indexed, %d deleted.", done.indexed, done.deleted)


def _log_progress(number: int) -> None:
    if number % _LOG_EVERY == 0:
        logger.info("Rebuilding the search index: %d documents.", number)

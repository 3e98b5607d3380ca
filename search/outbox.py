"""From a change in the database to the index, without losing any."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import F

from search import documents, recovery
from search.api import get_engine
from search.documents import SearchDocument
from search.engines.base import IndexBusy, IndexUnavailable, SearchEngine, SearchError
from search.models import OutboxEntry

logger = logging.getLogger(__name__)

BATCH = 200
# In a web request: of a larger change, or with a busy index, the rest is done in the background.
INLINE_BATCH = 50
INLINE_TIMEOUT = 2.0  # seconds


@dataclass(frozen=True, slots=True)
class DrainReport:
    """What a drain did: documents indexed, documents deleted, documents that failed and keep their rows."""

    indexed: int = 0
    deleted: int = 0
    failed: int = 0

    @property
    def done(self) -> int:
        """Documents that the index now has right."""
        return self.indexed + self.deleted


def enqueue(ids: Iterable[str]) -> None:
    """Note that these documents changed, as part of the current transaction; work them off after its commit."""
    rows = [OutboxEntry(document_id=document_id) for document_id in dict.fromkeys(ids)]
    if not rows:
        return
    OutboxEntry.objects.bulk_create(rows, batch_size=500)
    if getattr(settings, "SEARCH_DRAIN_ON_COMMIT", True) and not _will_drain():
        transaction.on_commit(_drain_after_commit, robust=True)


def _will_drain() -> bool:
    """Whether this transaction will drain already: once is enough, however many changes it holds."""
    connection = transaction.get_connection()
    return any(callback is _drain_after_commit for _savepoints, callback, *_ in connection.run_on_commit)


def _drain_after_commit() -> None:
    """Drain what can be drained quickly; whatever goes wrong, the rows stay and the page that was saved is saved."""
    try:
        drain(INLINE_BATCH, timeout=INLINE_TIMEOUT)
        if OutboxEntry.objects.filter(attempts=0).exists():
            recovery.catch_up()
    except IndexBusy:
        logger.info("The index is being written to; the outbox keeps the change.")
        recovery.catch_up()
    except IndexUnavailable as error:
        logger.warning("The index could not be updated, the outbox keeps the change: %s", error)
        recovery.notice(get_engine(), error)
    except SearchError as error:
        logger.warning("The index could not be updated, the outbox keeps the change: %s", error)
    except Exception:
        logger.exception("The index could not be updated, the outbox keeps the change.")


def drain(limit: int = BATCH, *, timeout: float | None = None) -> DrainReport:
    """Bring the documents of the oldest rows up to date in the index, then delete exactly those rows.

    Safe to repeat, and to run in several processes. A document that cannot be built keeps its row, with the error,
    and does not stop the others. Raises IndexBusy or IndexUnavailable when nothing could be written; all rows stay.
    """
    if not OutboxEntry.objects.exists():
        return DrainReport()
    engine = get_engine()
    # The documents are built inside, or a slower drain could overwrite a newer state with an older one.
    with engine.writing(timeout):
        rows = list(OutboxEntry.objects.values_list("pk", "document_id")[:limit])
        ids = list(dict.fromkeys(document_id for _, document_id in rows))
        built, errors = _build(ids)
        gone = [document_id for document_id in ids if document_id not in built and document_id not in errors]
        try:
            errors |= _apply(engine, built, gone)
        except SearchError as error:
            _note_failure([pk for pk, _ in rows], str(error))
            raise
        for document_id, message in errors.items():
            _note_failure([pk for pk, row_id in rows if row_id == document_id], message)
        OutboxEntry.objects.filter(pk__in=[pk for pk, document_id in rows if document_id not in errors]).delete()
    return DrainReport(sum(document_id not in errors for document_id in built), len(gone), len(errors))


def drain_all(report: Callable[[DrainReport], None] | None = None, *, timeout: float | None = None) -> DrainReport:
    """Drain until nothing is left but rows that fail; `report` hears the sum after each batch."""
    total = DrainReport()
    while True:
        step = drain(timeout=timeout)
        total = DrainReport(total.indexed + step.indexed, total.deleted + step.deleted, step.failed)
        if not step.done:
            return total
        if report:
            report(total)


def _build(ids: list[str]) -> tuple[dict[str, SearchDocument], dict[str, str]]:
    """The documents of these ids, and the errors of those that cannot be built."""
    try:
        return {document.id: document for document in documents.build(ids)}, {}
    except Exception:
        logger.debug("A batch could not be built; building its documents one by one.", exc_info=True)
    built: dict[str, SearchDocument] = {}
    errors: dict[str, str] = {}
    for document_id in ids:
        try:
            built.update((document.id, document) for document in documents.build([document_id]))
        except Exception as error:
            logger.warning("Search document %s cannot be built: %r", document_id, error)
            errors[document_id] = repr(error)
    return built, errors


def _apply(engine: SearchEngine, built: dict[str, SearchDocument], gone: list[str]) -> dict[str, str]:
    """Tell the engine; when a document does not suit it, tell it one by one. Returns the errors by id."""
    try:
        engine.update(list(built.values()), gone)
        return {}
    except SearchError:
        raise
    except Exception:
        logger.debug("A batch could not be indexed; indexing its documents one by one.", exc_info=True)
    engine.delete(gone)
    errors: dict[str, str] = {}
    for document_id, document in built.items():
        try:
            engine.index([document])
        except SearchError:
            raise
        except Exception as error:
            logger.warning("Search document %s cannot be indexed: %r", document_id, error)
            errors[document_id] = repr(error)
    return errors


def _note_failure(pks: list[int], message: str) -> None:
    OutboxEntry.objects.filter(pk__in=pks).update(attempts=F("attempts") + 1, last_error=message[:1000])

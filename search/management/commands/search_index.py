"""manage.py search_index rebuild|ensure|drain|verify [--repair]|status"""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from search import documents, outbox, signals
from search.api import get_engine
from search.engines.base import SearchError
from search.models import OutboxEntry
from search.verify import compare

_SHOWN = 10  # ids per kind of difference


class Command(BaseCommand):
    """Keeps the search index equal to the database."""

    help = "Rebuild, update, compare or describe the search index."

    def add_arguments(self, parser: CommandParser) -> None:
        """One subcommand."""
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("rebuild", help="make a new index from the database and swap it in")
        actions.add_parser("ensure", help="rebuild where there is no usable index, else work off the outbox")
        actions.add_parser("drain", help="work off the outbox")
        verify = actions.add_parser("verify", help="compare the index with the database")
        verify.add_argument("--repair", action="store_true", help="mend what differs")
        actions.add_parser("status", help="describe the index and the outbox")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the subcommand; a failing engine or a difference that stays ends with status 1."""
        actions = {"rebuild": self._rebuild, "ensure": self._ensure, "drain": self._drain, "status": self._status}
        try:
            if options["action"] == "verify":
                self._verify(repair=options["repair"])
            else:
                actions[options["action"]]()
        except SearchError as error:
            raise CommandError(str(error)) from error

    def _rebuild(self) -> None:
        started = time.monotonic()
        number = get_engine().rebuild(
            documents.build_all(),
            words=documents.vocabulary(),
            progress=lambda done: self.stdout.write(f"{done} documents indexed"),
        )
        signals.tell()
        self.stdout.write(f"Rebuilt: {number} documents in {time.monotonic() - started:.1f} s.")
        self._drain()

    def _ensure(self) -> None:
        status = get_engine().status()
        if status.available and status.documents:
            self._drain()
        else:
            self._rebuild()

    def _drain(self) -> None:
        report = outbox.drain_all(lambda sum_: self.stdout.write(f"{sum_.indexed} indexed, {sum_.deleted} deleted"))
        self.stdout.write(
            f"Outbox: {report.indexed} indexed, {report.deleted} deleted, {OutboxEntry.objects.count()} rows left."
        )

    def _verify(self, *, repair: bool) -> None:
        engine = get_engine()
        if waiting := OutboxEntry.objects.count():
            self.stdout.write(f"{waiting} changes wait in the outbox and may show as differences.")
        found = compare(engine)
        for name in ("missing", "stale", "orphaned"):
            ids = getattr(found, name)
            shown = ", ".join(ids[:_SHOWN]) + (", …" if len(ids) > _SHOWN else "")
            self.stdout.write(f"{name}: {len(ids)}" + (f" ({shown})" if ids else ""))
        if not found:
            self.stdout.write(f"The index equals the database: {found.compared} documents.")
        elif repair:
            self._repair(list(found.ids))
        else:
            raise CommandError("The index differs from the database; --repair mends it.")

    def _repair(self, ids: list[str]) -> None:
        engine = get_engine()
        known = {source.kind for source in documents.sources()}
        for start in range(0, len(ids), outbox.BATCH):
            batch = ids[start : start + outbox.BATCH]
            with engine.writing():
                built = list(documents.build(key for key in batch if documents.kind_of(key) in known))
                engine.update(built, set(batch) - {document.id for document in built})
            self.stdout.write(f"{start + len(batch)} of {len(ids)} repaired")
        signals.tell()
        if compare(engine):
            raise CommandError("The index still differs from the database; rebuild it.")
        self.stdout.write("Repaired: the index equals the database.")

    def _status(self) -> None:
        status = get_engine().status()
        self.stdout.write(f"engine: {status.engine}")
        self.stdout.write(f"available: {'yes' if status.available else 'no'}")
        if status.available:
            self.stdout.write(f"documents: {status.documents}\nwords: {status.words}\nversion: {status.version}")
        else:
            self.stdout.write(f"detail: {status.detail}")
        if status.built:
            self.stdout.write(f"last rebuild: {status.built:%Y-%m-%d %H:%M} UTC")
        self.stdout.write(f"size on disk: {status.size / 1_000_000:.1f} MB")
        self._status_of_outbox()

    def _status_of_outbox(self) -> None:
        rows = OutboxEntry.objects.order_by("pk")
        failing = rows.filter(attempts__gt=0)
        self.stdout.write(f"outbox: {rows.count()} rows, {failing.count()} of them failed before")
        if oldest := rows.first():
            minutes = (timezone.now() - oldest.created_at).total_seconds() / 60
            self.stdout.write(f"oldest row: {minutes:.0f} minutes")
        for row in failing[:_SHOWN]:
            self.stdout.write(f"failing: {row.document_id}, {row.attempts} times: {row.last_error[:200]}")

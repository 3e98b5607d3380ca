"""What the forked processes do. Each function is one job; what it returns is its answer, as JSON."""

import itertools
import os
import random
import signal
import time
from contextlib import AbstractContextManager
from typing import Any
from unittest import mock

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from wagtail.models import Collection, CollectionViewRestriction

from people.models import Organisation
from practices.models import PracticeMaterial
from search import documents, recovery
from search.api import get_engine, search
from search.engines.store import IndexStore
from search.models import OutboxEntry
from search.outbox import drain_all, enqueue
from search.query import SearchRequest
from search.verify import compare
from tests import factories
from tests.search.processes import changes

PUBLIC = frozenset({"public"})


def prepare(practices: int = 20) -> int:
    """A database with a little of everything, and its index."""
    settings.SEARCH_DRAIN_ON_COMMIT = False
    call_command("migrate", verbosity=0)
    factories.make_user("eindredactie@voorbeeld.be")  # the steward of every practice
    tree = factories.make_tree()
    factories.PracticeIndexPageFactory(parent=tree.home, title="Lokaal", slug="lokaal")
    closed = Collection.get_first_root_node().add_child(name="Besloten")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    themes = [factories.make_concept(f"thema {number}") for number in range(6)]
    places = [factories.make_organisation(f"Plaats {number}") for number in range(4)]
    documents = [factories.make_document(title=f"Verslag {number}", name=f"v{number}.txt") for number in range(3)]
    for number in range(practices):
        page = factories.make_practice(
            title=f"Praktijk {number}", themes=[themes[number % 6]], ran_in=[places[number % 4]]
        )
        PracticeMaterial.objects.create(practice=page, document=documents[number % 3])
    call_command("search_index", "rebuild", verbosity=0)
    return Organisation.objects.count()


def change(seed: int, statements: int = 0, number: int = 0) -> int:
    """Change things at random, for ever or so many times; die by itself at a given statement of SQL."""
    with _death_at(statements):
        return changes.run(random.Random(seed), itertools.count() if not number else range(number))


def _death_at(statements: int) -> AbstractContextManager[None]:
    left = statements or -1

    def count(execute: Any, *arguments: Any) -> Any:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*arguments)

    return connection.execute_wrapper(count)


def change_and_write_the_row_too_late(seed: int) -> None:
    """What the outbox must not be: a row that is written after the commit, by a process that dies in between."""

    def late(ids: Any) -> None:
        kept = list(ids)
        transaction.on_commit(lambda: os.kill(os.getpid(), signal.SIGKILL) if kept else enqueue(kept))

    with mock.patch("practices.signals.enqueue", late), mock.patch("core.finding.signals.enqueue", late):
        changes.run(random.Random(seed), range(1), only=changes.publish)


def rebuild() -> None:
    call_command("search_index", "rebuild", verbosity=0)


def drain_and_compare() -> dict[str, object]:
    """In a fresh process: what is left is worked off; then index and database must be equal."""
    engine = get_engine()
    before = OutboxEntry.objects.count()
    status = engine.status()
    if status.available:
        drain_all()
    found = compare(engine) if status.available else None
    return {
        "available": status.available,
        "detail": status.detail,
        "waited": before,
        "left": list(OutboxEntry.objects.values_list("document_id", "last_error")),
        "compared": found.compared if found is not None else 0,
        "differences": list(found.ids) if found is not None else [],
    }


def read(searches: int) -> dict[str, float]:
    """Search so many times. Whoever reads may not take the lock of the writers."""

    def refuse(*args: object) -> None:
        raise AssertionError("a reader took the write lock")

    request = SearchRequest(audiences=PUBLIC)
    engine = get_engine()
    with mock.patch.object(IndexStore, "lock", refuse):
        totals = [engine.search(request).total for _ in range(searches)]
    return {"searches": len(totals), "least": min(totals)}


def change_without_draining(seed: int) -> None:
    settings.SEARCH_DRAIN_ON_COMMIT = False
    changes.run(random.Random(seed), range(1), only=changes.publish)


def start_a_worker() -> dict[str, int]:
    """What happens when gunicorn loads the application."""
    before = OutboxEntry.objects.count()
    import config.wsgi  # noqa: F401

    recovery.background.wait(60)
    return {"before": before, "after": OutboxEntry.objects.count()}


def rebuild_often(times: int) -> int:
    engine = get_engine()
    for _ in range(times):
        with engine.writing(120):
            engine.rebuild(documents.build_all(), words=documents.vocabulary())
    return times


def ask_until_it_answers(seconds: float) -> dict[str, object]:
    """A web worker to which requests keep coming: how often it gave a plain listing, and whether search came back."""
    degraded = 0
    names = set()
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        names.add(get_engine().build_name())
        if not search(SearchRequest(audiences=PUBLIC, text="praktijk")).degraded:
            recovery.background.wait(60)
            return {"degraded": degraded, "back": True, "names": sorted(names)}
        degraded += 1
        time.sleep(0.02)
    return {"degraded": degraded, "back": False, "names": sorted(names)}

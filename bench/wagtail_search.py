"""Wagtail's own database search on the same pages, on PostgreSQL with the index that its queries would need.

Its index holds the titles, the summaries and the running texts of practices, and three filter fields to count.
"""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any, ClassVar
from unittest.mock import patch

from django.db import connection
from django.http import QueryDict
from wagtail.models import Page
from wagtail.search import index
from wagtail.search.backends.database.postgres.postgres import PostgresSearchBackend

from bench.pages import BATCH
from bench.queries import Query, queries
from bench.timing import compare
from core.finding.everything import EVERYTHING
from people.audiences import PUBLIC
from practices.models import PracticePage
from practices.search import BODY_FIELDS
from search.api import search
from search.query import SearchRequest

FACETS = ("main_level", "evidence_level", "status")
_GIN = "CREATE INDEX bench_combined ON {table} USING gin ((title || body))"
_SLOW = 4  # so many times fewer queries than elsewhere


class _Searchable:
    """What a site would tell Wagtail to index."""

    fields: ClassVar[list[index.BaseField]] = [
        *Page.search_fields,
        *(index.SearchField(name) for name in ("summary", *BODY_FIELDS)),
        *(index.FilterField(name) for name in FACETS),
    ]


def measure_wagtail(size: int, *, number: int, rounds: int) -> dict[str, Any] | None:
    """Against a full search of ours in the same process; None where there is no PostgreSQL."""
    if connection.vendor != "postgresql":
        return None
    with patch.object(PracticePage, "search_fields", _Searchable.fields):
        backend = PostgresSearchBackend({})
        _fill(backend)
        asked = [queries(size, max(number // _SLOW, 10), 9_000 + seed) for seed in range(rounds + 1)]
        subjects: dict[str, Callable[[Query], object]] = {
            "wagtail": lambda query: _results_page(backend, query.text),
            "full": _our_results_page,
        }
        times = compare(subjects, [[query for query in some if query.text] for some in asked])
    return {
        "wagtail": asdict(times["wagtail"]),
        "full": asdict(times["full"]),
        "full_over_wagtail": times["full"].over(times["wagtail"]),
    }


def _fill(backend: Any) -> None:
    table = backend.get_index_for_model(PracticePage).entries.model._meta.db_table
    pages = PracticePage.objects.live().order_by("pk")
    target = backend.get_index_for_model(PracticePage)
    for start in range(0, pages.count(), BATCH):
        target.add_items(PracticePage, list(pages[start : start + BATCH]))
    with connection.cursor() as cursor:
        cursor.execute(_GIN.format(table=connection.ops.quote_name(table)))
        cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")


def _results_page(backend: Any, text: str) -> None:
    """The first twenty, how many there are, and three facets."""
    found = backend.search(text, PracticePage.objects.live())
    list(found[:20])
    found.count()
    for facet in FACETS:
        found.facet(facet)


def _our_results_page(query: Query) -> None:
    facets = EVERYTHING.facets()
    request = SearchRequest.from_params(QueryDict(query.url), audiences=frozenset({PUBLIC}), facets=facets)
    search(request)

"""What a practice refers to: research about it, and the sources of its page."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from core.prepared import rows_for
from practices.models import PracticeReference, PracticeSource

if TYPE_CHECKING:
    from practices.models import PracticePage

COLUMNS = ("kind", "sort_order", "title", "by", "published", "url", "place")


class Citation(NamedTuple):
    title: str
    author: str
    year: int | None
    url: str
    passage: str


Citations = tuple[list[Citation], list[Citation]]


def citations(page_id: int | None) -> Citations:
    """References and sources of a saved page, each in the editor's order. One query for both."""
    found: dict[str, list[Citation]] = {"reference": [], "source": []}
    for kind, _order, *columns in rows_for(_rows, [page_id] if page_id is not None else []):
        found[kind].append(Citation(*columns))
    return found["reference"], found["source"]


def _rows(page_ids: Sequence[int]) -> QuerySet[Any, Any]:
    unknown_year = Value(None, output_field=IntegerField())
    references = PracticeReference.objects.filter(practice__in=page_ids).annotate(
        kind=Value("reference"), by=F("author"), published=Cast("year", IntegerField()), place=Value("")
    )
    sources = PracticeSource.objects.filter(practice__in=page_ids).annotate(
        kind=Value("source"), by=Value(""), published=unknown_year, place=F("passage")
    )
    parts = [rows.order_by().values_list(*COLUMNS) for rows in (references, sources)]
    return parts[0].union(parts[1], all=True).order_by("kind", "sort_order")


def preview_citations(page: "PracticePage") -> Citations:
    """The same from the rows in an editor's form, which are not saved yet."""
    references = [Citation(r.title, r.author, r.year, r.url, "") for r in page.references.all()]
    return references, [Citation(s.title, "", None, s.url, s.passage) for s in page.sources.all()]

"""What a practice refers to: research about it, the sources of its page, and what others experienced with it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from django.db.models import F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

from core.prepared import rows_for
from practices.choices import Outcome
from practices.models import Adoption, PracticeReference, PracticeSource

if TYPE_CHECKING:
    from practices.models import PracticePage

COLUMNS = ("kind", "sort_order", "title", "by", "published", "url", "place", "came", "changed")
LAST_YEAR = 9999


class Citation(NamedTuple):
    title: str
    author: str
    year: int | None
    url: str
    passage: str


class Experience(NamedTuple):
    text: str
    organisation: str
    year: int
    source: str
    outcome: Outcome
    adapted: str


class Citations(NamedTuple):
    references: list[Citation]
    sources: list[Citation]
    experiences: list[Experience]


def citations(page_id: int | None) -> Citations:
    """References and sources of a saved page, each in the editor's order, and experiences. One query for all."""
    found = Citations([], [], [])
    for kind, _order, title, by, year, url, place, came, changed in rows_for(_rows, _known(page_id)):
        if kind == "adoption":
            found.experiences.append(Experience(title, by, year, place, Outcome(came), changed))
        else:
            rows = found.references if kind == "reference" else found.sources
            rows.append(Citation(title, by, year, url, place))
    return found


def _known(page_id: int | None) -> list[int]:
    return [page_id] if page_id is not None else []


def _rows(page_ids: Sequence[int]) -> QuerySet[Any, Any]:
    unknown_year = Value(None, output_field=IntegerField())
    references = PracticeReference.objects.filter(practice__in=page_ids).annotate(
        kind=Value("reference"),
        by=F("author"),
        published=Cast("year", IntegerField()),
        place=Value(""),
        came=Value(""),
        changed=Value(""),
    )
    sources = PracticeSource.objects.filter(practice__in=page_ids).annotate(
        kind=Value("source"),
        by=Value(""),
        published=unknown_year,
        place=F("passage"),
        came=Value(""),
        changed=Value(""),
    )
    adoptions = Adoption.objects.filter(practice__in=page_ids, consented_on__isnull=False).annotate(
        kind=Value("adoption"),
        sort_order=Value(LAST_YEAR) - F("year"),
        title=F("text"),
        by=F("organisation__name"),
        published=Cast("year", IntegerField()),
        url=Value(""),
        place=F("source"),
        came=F("outcome"),
        changed=F("adapted"),
    )
    parts = [rows.order_by().values_list(*COLUMNS) for rows in (references, sources, adoptions)]
    return parts[0].union(*parts[1:], all=True).order_by("kind", "sort_order")


def preview_citations(page: "PracticePage") -> Citations:
    """The same from the rows in an editor's form, which are not saved yet."""
    references = [Citation(r.title, r.author, r.year, r.url, "") for r in page.references.all()]
    sources = [Citation(s.title, "", None, s.url, s.passage) for s in page.sources.all()]
    return Citations(references, sources, citations(page.pk).experiences)

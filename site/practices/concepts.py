"""The terms that practices carry, read for many pages at once."""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import QuerySet, Value
from django.urls import reverse

from core.generation import each_per_generation
from core.prepared import rows_for
from practices.models import PracticePage, PracticeTag
from practices.models.parts import CONCEPT_ROLES


class Term(NamedTuple):
    """A concept as a page shows it."""

    pk: int
    label: str
    slug: str
    scheme: str

    @property
    def url(self) -> str:
        return _url_of(self.slug)


@lru_cache(maxsize=4096)
def _url_of(slug: str) -> str:
    return reverse("concept", args=[slug])


Terms = dict[str, list[Term]]
TAGS = "tags"
REMEMBERED = 2_000  # pages


@each_per_generation(REMEMBERED)
def terms_of(ids: Sequence[int]) -> dict[int, Terms]:
    """Page id → role (a field of CONCEPT_ROLES, or TAGS) → terms in alphabetical order. One query for all pages.

    Not to be changed: they are remembered.
    """
    found: dict[int, Terms] = {pk: {role: [] for role in (*CONCEPT_ROLES, TAGS)} for pk in ids}
    rows: dict[int, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for role, page_id, *term in rows_for(_all_rows, ids):
        rows[page_id][role].append(Term(*term))
    for page_id, by_role in rows.items():
        for role, terms in by_role.items():
            found[page_id][role] = sorted(terms, key=lambda term: term.label.casefold())
    return found


def _all_rows(ids: Sequence[int]) -> QuerySet[Any, Any]:
    return _tag_rows(ids).union(*(_rows_of(role, ids) for role in CONCEPT_ROLES), all=True)


def _tag_rows(ids: Sequence[int]) -> QuerySet[Any, Any]:
    """Tags ride along in the same query, as a role of their own without a scheme."""
    return (
        PracticeTag.objects.filter(content_object_id__in=ids)
        .annotate(role=Value(TAGS), scheme=Value(""))
        .values_list("role", "content_object_id", "tag_id", "tag__name", "tag__slug", "scheme")
    )


def _rows_of(role: str, ids: Sequence[int]) -> QuerySet[Any, Any]:
    through: Any = getattr(PracticePage, role).through
    return (
        through.objects.filter(practicepage_id__in=ids)
        .annotate(role=Value(role))
        .values_list("role", "practicepage_id", "concept_id", "concept__label", "concept__slug", "concept__scheme")
    )

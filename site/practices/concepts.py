"""The terms that practices carry, and the municipalities where they ran, read for many pages at once."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from core.generation import each_per_generation, per_generation
from core.prepared import rows_for
from practices.models import PracticeMunicipality, PracticePage, PracticeTag
from practices.models.parts import CONCEPT_ROLES
from taxonomy.models import Concept


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


def _concepts_now() -> dict[int, Term]:
    rows = Concept.objects.order_by().values_list("pk", "label", "slug", "scheme")
    return {row[0]: Term(*row) for row in rows}


concepts = per_generation(_concepts_now)  # the whole vocabulary, by id
TAGS, PLACES = "tags", "ran_in"  # what else rides along in the query, as terms without a scheme
ALL_ROLES = (*CONCEPT_ROLES, TAGS, PLACES)
CARD_ROLES = ("sectors", PLACES)  # what a list shows of each practice
REMEMBERED = 2_000  # pages


@each_per_generation(REMEMBERED)
def terms_of(ids: Sequence[int]) -> dict[int, Terms]:
    """Page id → role (a field of CONCEPT_ROLES, or TAGS) → terms in alphabetical order. One query for all pages,
    besides the vocabulary.

    The role PLACES has municipalities in the editor's order: the number of the row, the name and the NIS code. Not to
    be changed: they are remembered.
    """
    return _by_page(ids, rows_for(_all_rows, ids), ALL_ROLES)


def card_terms_of(ids: Sequence[int]) -> dict[int, Terms]:
    """As `terms_of`, of CARD_ROLES only: for the many practices of a list."""
    return _by_page(ids, rows_for(_card_rows, ids), CARD_ROLES)


def _by_page(ids: Sequence[int], read: Sequence[tuple[Any, ...]], roles: Sequence[str]) -> dict[int, Terms]:
    found: dict[int, Terms] = {pk: {role: [] for role in roles} for pk in ids}
    known = concepts()
    if any(role in CONCEPT_ROLES and pk not in known for role, _page_id, pk, *_words in read):
        known = _concepts_now()  # one was made after this request began
    for role, page_id, pk, label, slug in read:
        term = known.get(pk) if role in CONCEPT_ROLES else Term(pk, label, slug, "")
        if term is not None:  # or it is gone since
            found[page_id][role].append(term)
    for by_role in found.values():
        for role, terms in by_role.items():
            if len(terms) > 1:
                terms.sort(key=None if role == PLACES else _alphabetical)
    return found


def _alphabetical(term: Term) -> str:
    return term.label.casefold()


def _all_rows(ids: Sequence[int]) -> QuerySet[Any, Any]:
    return _tag_rows(ids).union(_place_rows(ids), *(_rows_of(role, ids) for role in CONCEPT_ROLES), all=True)


def _card_rows(ids: Sequence[int]) -> QuerySet[Any, Any]:
    return _place_rows(ids).union(_rows_of("sectors", ids), all=True)


def _place_rows(ids: Sequence[int]) -> QuerySet[Any, Any]:
    return (
        PracticeMunicipality.objects.filter(practice__in=ids)
        .order_by()
        .annotate(role=Value(PLACES), number=Coalesce("sort_order", 0))
        .values_list("role", "practice_id", "number", "organisation__name", "organisation__nis_code")
    )


def _tag_rows(ids: Sequence[int]) -> QuerySet[Any, Any]:
    return (
        PracticeTag.objects.filter(content_object_id__in=ids)
        .annotate(role=Value(TAGS))
        .values_list("role", "content_object_id", "tag_id", "tag__name", "tag__slug")
    )


def _rows_of(role: str, ids: Sequence[int]) -> QuerySet[Any, Any]:
    """Without their words, which are the same for all practices."""
    through: Any = getattr(PracticePage, role).through
    return (
        through.objects.filter(practicepage_id__in=ids)
        .annotate(role=Value(role), label=Value(""), slug=Value(""))
        .values_list("role", "practicepage_id", "concept_id", "label", "slug")
    )

"""The practices shown below one: those that an editor related to it, and those that are like it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest

from people.audiences import audiences_of
from practices.cards import shown, visible_among, visible_pages
from practices.search import KIND, document_id, page_id_of
from search.api import more_like
from search.query import SearchRequest

if TYPE_CHECKING:
    from practices.models import PracticePage

SIMILAR = 3
ASKED = 12  # of the engine: some may be related already, or closed since


def practices_beside(page: "PracticePage", request: HttpRequest) -> tuple[list["PracticePage"], list["PracticePage"]]:
    """Related ones in the editor's order, then similar ones that are not among them: what this reader may see.

    One query, besides the privacy's; one more where much was closed since the index was made. A preview shows the
    related ones of the editor's form, and none alike.
    """
    if is_preview(request):
        order = [link.related_id for link in page.related_links.all()]
        chosen = visible_pages(order, request.user)
        return [chosen[pk] for pk in order if pk in chosen], []
    alike = similar_ids(page, request)
    found = visible_among(_linked_or_alike, [page.pk, *alike[: 2 * SIMILAR]], request.user)
    related = [other for other in found.values() if getattr(other, "link", None) is not None]
    similar = [found[pk] for pk in alike if pk in found and found[pk] not in related]
    if len(similar) < SIMILAR:
        more = visible_pages(alike[2 * SIMILAR :], request.user)
        similar += [more[pk] for pk in alike if pk in more and more[pk] not in related]
    return sorted(related, key=_place), similar[:SIMILAR]


def _place(other: Any) -> tuple[int, int]:
    return other.place or 0, other.link


def _linked_or_alike(ids: Sequence[int]) -> "QuerySet[PracticePage]":
    """The first id is that of the page itself, the others are of what is like it."""
    from practices.models import PracticePage, RelatedPractice

    page_id, *alike = ids
    links = RelatedPractice.objects.filter(practice=page_id)
    here = links.filter(related=OuterRef("pk")).order_by("sort_order", "pk")
    found = shown().annotate(link=Subquery(here.values("pk")[:1]), place=Subquery(here.values("sort_order")[:1]))
    # A set of ids, not one condition or another: for that PostgreSQL would look at every practice.
    linked = links.order_by().values("related")
    return found.filter(pk__in=linked.union(PracticePage.objects.order_by().filter(pk__in=alike).values("pk")))


def similar_ids(page: "PracticePage", request: HttpRequest) -> list[int]:
    """The practices most like this one, as far as the index knows them."""
    if not page.live:
        return []
    asked = SearchRequest(audiences=audiences_of(request.user), kinds=(KIND,), page_size=ASKED)
    return [page_id_of(found) for found in more_like(document_id(page.pk), asked)]


def is_preview(request: HttpRequest) -> bool:
    """A preview shows rows that stand only in the editor's form."""
    return bool(getattr(request, "is_preview", False))

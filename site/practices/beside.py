"""The practices shown below one: those that an editor related to it, and those that are like it."""

from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, Subquery
from django.http import HttpRequest

from people.audiences import audiences_of
from practices.search import KIND, document_id, page_id_of
from search.api import more_like
from search.query import SearchRequest

if TYPE_CHECKING:
    from practices.models import PracticePage

SIMILAR = 3
ASKED = 12  # of the engine: some may be related already, or closed since


def practices_beside(page: "PracticePage", request: HttpRequest) -> tuple[list["PracticePage"], list["PracticePage"]]:
    """Related ones in the editor's order, then similar ones that are not among them: what this reader may see.

    One query, besides the privacy's. A preview shows the related ones of the editor's form, and none alike.
    """
    from practices.models import PracticePage, RelatedPractice

    visible = PracticePage.objects.visible_to(request.user)
    if is_preview(request):
        order = [link.related_id for link in page.related_links.all()]
        related = visible.in_bulk(order)
        return [related[pk] for pk in order if pk in related], []
    alike = similar_ids(page, request)
    links = RelatedPractice.objects.filter(practice=page.pk, related=OuterRef("pk")).order_by("sort_order", "pk")
    found = visible.annotate(
        link=Subquery(links.values("pk")[:1]), place=Subquery(links.values("sort_order")[:1])
    ).filter(Q(link__isnull=False) | Q(pk__in=alike))
    by_id = {other.pk: other for other in found}
    related_ones = sorted(
        (other for other in by_id.values() if other.link is not None), key=lambda other: (other.place or 0, other.link)
    )
    similar = [by_id[pk] for pk in alike if pk in by_id and by_id[pk].link is None]
    return related_ones, similar[:SIMILAR]


def similar_ids(page: "PracticePage", request: HttpRequest) -> list[int]:
    """The practices most like this one, as far as the index knows them."""
    if not page.live:
        return []
    asked = SearchRequest(audiences=audiences_of(request.user), kinds=(KIND,), page_size=ASKED)
    return [page_id_of(found) for found in more_like(document_id(page.pk), asked)]


def is_preview(request: HttpRequest) -> bool:
    """A preview shows rows that stand only in the editor's form."""
    return bool(getattr(request, "is_preview", False))

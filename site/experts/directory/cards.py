"""An expert in short, for lists: everything a result or a card shows, in a few queries for any number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst

from experts.choices import Language, OfferKind
from experts.models import ExpertOffer, ExpertPage
from people.audiences import Reader, visible_to
from people.models import Province


@dataclass(frozen=True)
class ExpertCard:
    """A page with what a list says of it."""

    page: ExpertPage
    specialisms: list[str]
    offers: list[ExpertOffer]

    @property
    def offer_names(self) -> list[str]:
        given = {offer.kind for offer in self.offers}
        return [capfirst(str(kind.label)) for kind in OfferKind if kind.value in given]

    @property
    def languages(self) -> list[str]:
        return [str(found.label) for found in Language if any(found.value in offer.languages for offer in self.offers)]

    @property
    def provinces(self) -> list[str]:
        return [str(found.label) for found in Province if any(found.value in offer.provinces for offer in self.offers)]

    @property
    def online(self) -> bool:
        return any(offer.online for offer in self.offers)


def visible_experts(ids: Iterable[int], reader: Reader) -> list[ExpertPage]:
    """What this reader may see of these experts, as far as they are in the pool."""
    pages = visible_to(ExpertPage.objects.filter(pk__in=list(ids)), reader)
    pages = pages.select_related("organisation", "photo").prefetch_related("offers", "specialisms", "photo__renditions")
    return [page for page in pages if page.is_listed]


def cards(pages: Sequence[ExpertPage]) -> list[ExpertCard]:
    """Of pages from `visible_experts`: no query of its own."""
    return [
        ExpertCard(page, [capfirst(term.label) for term in page.specialisms.all()], list(page.offers.all()))
        for page in pages
    ]

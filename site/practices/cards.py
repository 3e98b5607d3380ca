"""A practice in short, for lists: everything a card shows, read for many pages in three queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, prefetch_related_objects

from people.models import Organisation
from practices.concepts import Terms, terms_of
from practices.models import PracticeMunicipality, PracticePage

PLACES_NAMED = 3


@dataclass(frozen=True)
class PracticeCard:
    """A page with the terms and places that its card names."""

    page: PracticePage
    terms: Terms
    url: str

    @property
    def sectors(self) -> list[str]:
        return [term.label for term in self.terms["sectors"]]

    @property
    def target_groups(self) -> list[str]:
        return [term.label for term in self.terms["target_groups_final"]]

    @property
    def places(self) -> list[Organisation]:
        return [item.organisation for item in self.page.ran_in.all()]

    @property
    def named_places(self) -> list[str]:
        return [place.name for place in self.places[:PLACES_NAMED]]

    @property
    def more_places(self) -> int:
        return max(len(self.places) - PLACES_NAMED, 0)

    @property
    def fresh(self) -> date | None:
        """When somebody last said that it is still right."""
        return self.page.confirmed_on


def cards(pages: Sequence[PracticePage]) -> list[PracticeCard]:
    prefetch_related_objects(
        list(pages), Prefetch("ran_in", PracticeMunicipality.objects.select_related("organisation"))
    )
    terms = terms_of(page.pk for page in pages)
    return [PracticeCard(page, terms[page.pk], page.url or "") for page in pages]

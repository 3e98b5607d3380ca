"""What the home page shows: the three levels, what is new, and where it happened."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import localdate

from core.finding.alike import alike
from events.directory.cards import EventCard
from events.directory.coming import coming, phase
from events.directory.listing import address_of_list
from home.map import FlandersMap, map_of_practices
from people.audiences import Reader, visible_to
from practices.beside import is_preview
from practices.cards import SHOWN, PracticeCard, cards
from practices.models import PracticeIndexPage, PracticePage
from practices.models.practice import LEVEL_FIELDS
from taxonomy.levels import PreventionLevel

if TYPE_CHECKING:
    from home.models import HomePage, StandardPage

RECENT = 6
COMING = 3
PAGE = "page"  # the kind of standing pages in the index
POPULAR = 6


@dataclass(frozen=True)
class LevelCard:
    """A level with its sentence and the number of practices that this reader may see."""

    code: PreventionLevel
    count: int
    url: str

    @property
    def label(self) -> str:
        return str(self.code.label)

    @property
    def sentence(self) -> str:
        return self.code.sentence


def home_context(page: "HomePage", request: HttpRequest) -> dict[str, Any]:
    """Lazy where it looks at every practice: the template keeps that part for all visitors."""
    shore = Shore(request)
    return {
        "search_action": reverse("search"),
        "popular_searches": [line.strip() for line in page.popular_searches.splitlines() if line.strip()][:POPULAR],
        "shore": shore,
        "today": localdate().isoformat(),
        "phase": phase(),
    }


class Shore:
    """What stands below the search box, read when it is drawn."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def practices_url(self) -> str:
        index = visible_to(PracticeIndexPage.objects.all(), self._request.user).first()
        return (index.get_url(self._request) if index else None) or reverse("search")

    @property
    def levels(self) -> list[LevelCard]:
        return level_cards(self._request.user, self.practices_url)

    @cached_property
    def recent(self) -> list[PracticeCard]:
        # Ordered by their ids first: with whole rows PostgreSQL sorts all texts of the library.
        visible = PracticePage.objects.visible_to(self._request.user)
        newest = visible.newest_first().values("pk")[:RECENT]
        return cards(list(visible.filter(pk__in=newest).only(*SHOWN).newest_first()))

    @cached_property
    def coming(self) -> list[EventCard]:
        return coming(self._request.user, COMING)

    @property
    def events_url(self) -> str:
        return address_of_list()

    @cached_property
    def map(self) -> FlandersMap:
        return map_of_practices(self._request.user, self.practices_url)


def level_cards(reader: Reader, listing_url: str) -> list[LevelCard]:
    """One card for each level; one query."""
    counts = PracticePage.objects.visible_to(reader).aggregate(
        **{level.value: Count("pk", filter=Q(**{field: True})) for level, field in LEVEL_FIELDS.items()}
    )
    return [LevelCard(level, counts[level.value], f"{listing_url}?niveau={level.value}") for level in PreventionLevel]


def standard_page_context(page: "StandardPage", request: HttpRequest) -> dict[str, Any]:
    """What is like it; a preview shows none."""
    found = [] if is_preview(request) or not page.live else alike(f"{PAGE}:{page.pk}", request.user)
    return {"alike": found}

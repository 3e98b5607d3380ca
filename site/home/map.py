"""The map of Flanders: one small dot for every municipality, a large one where practices ran."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

from django.contrib.auth.models import AnonymousUser

from people.audiences import Reader, visible_to
from people.models import Province
from practices.models import PracticeIndexPage
from practices.places import Place, places
from taxonomy.levels import PreventionLevel

# The corners of the map, a little outside the outermost municipalities (WGS 84).
WEST, EAST, SOUTH, NORTH = 2.50, 5.88, 50.66, 51.52
WIDTH = 720  # units of the drawing; below 1000, so that no thousands separator can slip into an attribute
PER_DEGREE = WIDTH / (EAST - WEST)
STRETCH = 1 / cos(radians((SOUTH + NORTH) / 2))
HEIGHT = round((NORTH - SOUTH) * PER_DEGREE * STRETCH)
MEDIUM, LARGE = 2, 5  # practices from which a dot grows


@dataclass(frozen=True)
class Town:
    """A municipality where a practice ran that the reader may see."""

    name: str
    nis_code: str
    province: str
    x: float
    y: float
    count: int
    size: int
    level: PreventionLevel | None
    url: str


@dataclass(frozen=True)
class ProvinceSummary:
    code: str
    label: str
    practice_count: int
    municipality_count: int
    towns: tuple[Town, ...]


@dataclass(frozen=True)
class FlandersMap:
    """`outline_dots` are all municipalities; together they draw the shape of Flanders. `towns`: largest first."""

    width: int
    height: int
    outline_dots: tuple[tuple[float, float], ...]
    towns: tuple[Town, ...]
    provinces: tuple[ProvinceSummary, ...]

    @property
    def municipality_count(self) -> int:
        return len(self.towns)


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Equirectangular, true to scale at the middle of Flanders; origin in the north-west corner."""
    return round((longitude - WEST) * PER_DEGREE, 1), round((NORTH - latitude) * PER_DEGREE * STRETCH, 1)


def map_of_practices(reader: Reader | None = None, listing_url: str | None = None) -> FlandersMap:
    """The map for one reader; two queries when the address of the listing is given."""
    if listing_url is None:
        listing = visible_to(PracticeIndexPage.objects.all(), reader or AnonymousUser()).first()
        listing_url = (listing.url or "") if listing else ""
    everywhere = places(reader)
    dots = tuple(
        project(place.latitude, place.longitude)
        for place in everywhere
        if place.latitude is not None and place.longitude is not None
    )
    towns = [town for place in everywhere if place.runs and (town := _town(place, listing_url))]
    return FlandersMap(
        width=WIDTH,
        height=HEIGHT,
        outline_dots=dots,
        towns=tuple(sorted(towns, key=lambda town: (-town.count, town.name))),
        provinces=_provinces(everywhere, towns),
    )


def _town(place: Place, listing_url: str) -> Town | None:
    if place.latitude is None or place.longitude is None:
        return None
    x, y = project(place.latitude, place.longitude)
    return Town(
        name=place.name,
        nis_code=place.nis_code,
        province=place.province,
        x=x,
        y=y,
        count=place.count,
        size=1 + (place.count >= MEDIUM) + (place.count >= LARGE),
        level=place.main_level,
        url=f"{listing_url}?gemeente={place.nis_code}" if listing_url else "",
    )


def _provinces(everywhere: Iterable[Place], towns: list[Town]) -> tuple[ProvinceSummary, ...]:
    practices: dict[str, set[int]] = {}
    for place in everywhere:
        practices.setdefault(place.province, set()).update(place.practice_ids)
    summaries = []
    for province in Province:
        own = tuple(town for town in towns if town.province == province)
        if own:
            summaries.append(
                ProvinceSummary(province.value, str(province.label), len(practices[province]), len(own), own)
            )
    return tuple(summaries)

"""Where practices ran, as one reader may see it: the data behind the map and behind its list."""

from collections import Counter
from dataclasses import dataclass, field

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, F, When

from people.audiences import Reader, hidden_paths
from people.models import Organisation, OrganisationKind
from taxonomy.levels import PreventionLevel

Run = tuple[int, str]  # a practice's id and its main level


@dataclass
class Place:
    """A municipality of today with the practices that ran there, or in a municipality that merged into it."""

    pk: int
    name: str
    nis_code: str
    province: str
    latitude: float | None
    longitude: float | None
    runs: set[Run] = field(default_factory=set)

    @property
    def count(self) -> int:
        return len(self.runs)

    @property
    def practice_ids(self) -> set[int]:
        return {pk for pk, _level in self.runs}

    @property
    def main_level(self) -> PreventionLevel | None:
        """The level that most of its practices have as main level; of equals the broader one."""
        counts = Counter(level for _pk, level in self.runs)
        present = [level for level in PreventionLevel if counts[level.value]]
        return max(present, key=lambda level: counts[level.value], default=None)


def places(reader: Reader | None = None) -> list[Place]:
    """Every municipality of today, by name, with or without practices. Two queries for a visitor."""
    hidden = [
        When(practices_ran__practice__path__startswith=path, then=None)
        for path in hidden_paths(reader or AnonymousUser())
    ]
    # As `visible_to`, along the rows that are read anyway: a set of all visible ones takes as long again.
    visible = Case(*hidden, When(practices_ran__practice__live=True, then=F("practices_ran__practice_id")))
    rows = (
        Organisation.objects.filter(kind=OrganisationKind.MUNICIPALITY)
        .annotate(run_practice=visible, run_level=F("practices_ran__practice__main_level"))
        .order_by("name")
        .values_list(
            "pk",
            "name",
            "nis_code",
            "province",
            "latitude",
            "longitude",
            "merged_into_id",
            "run_practice",
            "run_level",
        )
    )
    found: dict[int, Place] = {}
    successors: dict[int, int] = {}
    for pk, name, nis_code, province, latitude, longitude, successor, practice, level in rows:
        place = found.setdefault(pk, Place(pk, name, nis_code, province, latitude, longitude))
        if practice is not None:
            place.runs.add((practice, level))
        if successor is not None:
            successors[pk] = successor
    return _rolled_up(found, successors)


def _rolled_up(found: dict[int, Place], successors: dict[int, int]) -> list[Place]:
    """Hand the practices of merged municipalities to their successors."""
    for pk in successors:
        heir, seen = pk, {pk}
        while (following := successors.get(heir)) is not None and following not in seen:
            heir = following
            seen.add(heir)
        if heir in found:
            found[heir].runs |= found[pk].runs
    return [place for pk, place in found.items() if pk not in successors]

"""Columns that hold several values in one cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from practices.models import PracticeMunicipality, PracticePage
from practices.models.parts import CONCEPT_ROLES
from practices.models.practice import LEVEL_FIELDS
from practices.spreadsheet.columns import Column
from practices.spreadsheet.facts import Facts
from practices.spreadsheet.lookups import CellError, Lookups
from practices.spreadsheet.values import choice_of, parts_of
from taxonomy.levels import PreventionLevel

NAME_MAX = 100


@dataclass(frozen=True)
class ManyColumn(Column):
    width: ClassVar[int] = 32

    @property
    def how(self) -> str:
        return _("One or more values, with a semicolon between them.")


@dataclass(frozen=True)
class ConceptColumn(ManyColumn):
    """Terms of one scheme, by label, other label or slug."""

    @property
    def scheme(self) -> str:
        return CONCEPT_ROLES[self.name]

    @property
    def how(self) -> str:
        return _("Terms of the vocabulary, with a semicolon between them. See the sheet with terms.")

    def parse(self, raw: Any, lookups: Lookups) -> Any:
        return frozenset(lookups.term(self.scheme, part).pk for part in parts_of(raw))

    def cell(self, page: PracticePage, facts: Facts) -> Any:
        return "; ".join(term.name for term in facts.concepts[self.name])

    def changes(self, page: PracticePage, facts: Facts, value: Any, lookups: Lookups) -> bool:
        return bool(value != frozenset(term.pk for term in facts.concepts[self.name]))

    def put(self, page: PracticePage, value: Any, lookups: Lookups) -> None:
        carried = {concept.pk for concept in getattr(page, self.name).all()}
        concepts = [lookups.concepts[pk] for pk in sorted(value)]
        if any(concept.retired and concept.pk not in carried for concept in concepts):
            raise CellError(_("One of these terms is retired. Choose another one."))
        setattr(page, self.name, concepts)


@dataclass(frozen=True)
class LevelsColumn(ManyColumn):
    """All levels at which a practice works; the main level counts by itself."""

    @property
    def field(self) -> Any:
        return PracticePage._meta.get_field("main_level")

    @property
    def label(self) -> str:
        return _("Prevention levels")

    @property
    def help(self) -> str:
        return _("All levels at which it works, the main level included.")

    @property
    def required(self) -> bool:
        return False

    def allowed(self, lookups: Lookups) -> Sequence[str]:
        return [str(label) for label in PreventionLevel.labels]

    def parse(self, raw: Any, lookups: Lookups) -> Any:
        return frozenset(choice_of(part, PreventionLevel.choices) for part in parts_of(raw))

    def cell(self, page: PracticePage, facts: Facts) -> Any:
        return "; ".join(str(level.label) for level in page.levels)

    def changes(self, page: PracticePage, facts: Facts, value: Any, lookups: Lookups) -> bool:
        return bool(value | {page.main_level} - {""} != {level.value for level in page.levels})

    def put(self, page: PracticePage, value: Any, lookups: Lookups) -> None:
        for level, name in LEVEL_FIELDS.items():
            setattr(page, name, level.value in value or level.value == page.main_level)


@dataclass(frozen=True)
class TagsColumn(ManyColumn):
    def parse(self, raw: Any, lookups: Lookups) -> Any:
        parts = parts_of(raw)
        if any(len(part) > NAME_MAX for part in parts):
            raise CellError(_("A tag has at most 100 characters. Put semicolons between tags."))
        return sorted(parts)

    def cell(self, page: PracticePage, facts: Facts) -> Any:
        return "; ".join(facts.tags)

    def put(self, page: PracticePage, value: Any, lookups: Lookups) -> None:
        page.tags.set(value)


@dataclass(frozen=True)
class PlacesColumn(ManyColumn):
    """The municipalities where it ran, by name or NIS code."""

    @property
    def label(self) -> str:
        return _("Municipalities where it ran")

    @property
    def help(self) -> str:
        return ""

    @property
    def how(self) -> str:
        return _("Names or NIS codes of municipalities, with a semicolon between them.")

    def parse(self, raw: Any, lookups: Lookups) -> Any:
        return list(dict.fromkeys(lookups.place(part).pk for part in parts_of(raw)))

    def cell(self, page: PracticePage, facts: Facts) -> Any:
        return "; ".join(place.name for place in facts.places)

    def changes(self, page: PracticePage, facts: Facts, value: Any, lookups: Lookups) -> bool:
        return bool(value != [place.pk for place in facts.places])

    def put(self, page: PracticePage, value: Any, lookups: Lookups) -> None:
        rows = [PracticeMunicipality(organisation_id=pk, sort_order=at) for at, pk in enumerate(value)]
        setattr(page, self.name, rows)

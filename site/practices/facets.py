"""The facets of the practice library: their names in the URL, their order, and the words of their values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from people.models import Organisation, Province
from practices.choices import EvidenceLevel, PracticeStatus
from search.query import Facet
from taxonomy.levels import PreventionLevel
from taxonomy.models import Scheme

LEVEL = Facet("niveau", _("Prevention level"))
THEME = Facet("thema", _("Theme"))
TARGET_GROUP = Facet("doelgroep", _("Target group"))
SECTOR = Facet("sector", _("Sector"))
FORM = Facet("vorm", _("Form of extremism"))
PROVINCE = Facet("provincie", _("Province"))
EVIDENCE = Facet("onderbouwing", _("Evidence"))
STATUS = Facet("status", _("Status"))
MUNICIPALITY = Facet("gemeente", _("Municipality"))
METHOD = Facet("methode", _("Method"))
PHASE = Facet("fase", _("LIVC-R phase"))
TAG = Facet("label", _("Tag"))

SHOWN = (LEVEL, THEME, TARGET_GROUP, SECTOR, FORM, PROVINCE, EVIDENCE, STATUS)
# Reached by links (map, glossary, a practice's tags) and shown as a chip, but without a list of their own.
LINKED = (MUNICIPALITY, METHOD, PHASE, TAG)
FACETS = (*SHOWN, *LINKED)

FACET_OF_SCHEME = {
    Scheme.THEME: THEME,
    Scheme.TARGET_GROUP: TARGET_GROUP,
    Scheme.SECTOR: SECTOR,
    Scheme.EXTREMISM_FORM: FORM,
    Scheme.LIVC_PHASE: PHASE,
    Scheme.METHOD: METHOD,
}
CONCEPT_FACETS = frozenset(facet.name for facet in FACET_OF_SCHEME.values())
CHOICES: dict[str, dict[Any, Any]] = {
    LEVEL.name: dict(PreventionLevel.choices),
    PROVINCE.name: dict(Province.choices),
    EVIDENCE.name: dict(EvidenceLevel.choices),
    STATUS.name: dict(PracticeStatus.choices),
}


@dataclass(frozen=True)
class FacetLabels:
    """The words on screen for the values of facets. A value that nobody knows is its own label."""

    concepts: Mapping[str, str]
    municipalities: Mapping[str, str]

    @classmethod
    def load(cls, concepts: Mapping[str, str], municipality_codes: Iterable[str] = ()) -> "FacetLabels":
        """`concepts` maps slugs to labels; one query for municipalities where any are selected."""
        codes = list(municipality_codes)
        names = dict(Organisation.objects.filter(nis_code__in=codes).values_list("nis_code", "name")) if codes else {}
        return cls(concepts, names)

    def knows(self, facet: str, value: str) -> bool:
        """Whether a value of a closed list or of the vocabulary exists; an address may hold any word."""
        if facet in CHOICES:
            return value in CHOICES[facet]
        return facet not in CONCEPT_FACETS or value in self.concepts

    def of(self, facet: str, value: str) -> str:
        if facet in CHOICES:
            label = str(CHOICES[facet].get(value, value))
        elif facet in CONCEPT_FACETS:
            label = self.concepts.get(value, value)
        elif facet == MUNICIPALITY.name:
            label = self.municipalities.get(value, value)
        else:
            label = value
        return label[:1].upper() + label[1:]


def in_order(facet: str, values: Iterable[str]) -> list[str]:
    """Values of a closed list in the list's own order; others as they come (most results first)."""
    values = list(values)
    if facet not in CHOICES:
        return values
    order = list(CHOICES[facet])
    return sorted(values, key=lambda value: order.index(value) if value in order else len(order))

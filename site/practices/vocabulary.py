"""The vocabulary seen from the practices: which terms are carried by how many practices that a reader may see."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Q
from django.utils.text import capfirst

from people.audiences import Reader
from practices.models import PracticePage
from practices.models.parts import CONCEPT_ROLES
from practices.querysets import PracticeQuerySet
from taxonomy.models import Concept, Scheme

LETTERS_FROM = 15  # terms in a scheme from which letters help to find one's way


@dataclass(frozen=True)
class Entry:
    concept: Concept
    count: int


@dataclass(frozen=True)
class SchemeGroup:
    """A scheme with its current terms; `letters` holds one nameless group while the scheme is short."""

    code: str
    label: str
    count: int
    letters: list[tuple[str, list[Entry]]]


def _through(role: str) -> Any:
    return PracticePage._meta.get_field(role).remote_field.through  # type: ignore[union-attr]


def carriers(reader: Reader) -> dict[int, set[int]]:
    """Concept id → ids of the visible practices that carry it, in whatever role. One query besides the privacy's."""
    visible = PracticePage.objects.visible_to(reader).order_by().values("pk")
    first, *rest = (
        _through(role).objects.filter(practicepage_id__in=visible).values_list("concept_id", "practicepage_id")
        for role in CONCEPT_ROLES
    )
    found: dict[int, set[int]] = defaultdict(set)
    for concept_id, page_id in first.union(*rest):
        found[concept_id].add(page_id)
    return found


def practices_with(concept: Concept, reader: Reader) -> PracticeQuerySet:
    carries = Q()
    for role in CONCEPT_ROLES:
        carries |= Q(pk__in=_through(role).objects.filter(concept=concept).values("practicepage_id"))
    return PracticePage.objects.visible_to(reader).filter(carries).newest_first()


def schemes(reader: Reader) -> list[SchemeGroup]:
    """Every scheme that has current terms, in the order of the enum."""
    counts = carriers(reader)
    by_scheme: dict[str, list[Entry]] = defaultdict(list)
    for concept in Concept.objects.current():
        by_scheme[concept.scheme].append(Entry(concept, len(counts.get(concept.pk, ()))))
    return [_group(scheme, by_scheme[scheme]) for scheme in Scheme if by_scheme[scheme]]


def _group(scheme: Scheme, entries: list[Entry]) -> SchemeGroup:
    entries = sorted(entries, key=lambda entry: entry.concept.label.casefold())
    lettered = [(letter, list(group)) for letter, group in groupby(entries, key=lambda entry: _letter(entry.concept))]
    letters = lettered if len(entries) >= LETTERS_FROM else [("", entries)]
    return SchemeGroup(scheme.value, capfirst(str(scheme.label)), len(entries), letters)


def _letter(concept: Concept) -> str:
    return concept.label[:1].upper()


def merged_into(concept: Concept) -> Concept:
    """The term that stands for this one today: itself, or the end of the chain of mergers."""
    seen = {concept.pk}
    while concept.merged_into is not None and concept.merged_into.pk not in seen:
        concept = concept.merged_into
        seen.add(concept.pk)
    return concept

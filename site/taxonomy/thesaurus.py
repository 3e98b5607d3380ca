"""The whole vocabulary in one query: labels for facets, synonyms for search, terms that resemble a word."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from core.generation import per_generation
from search.synonyms import Beside
from taxonomy.models import Concept


class Entry(NamedTuple):
    pk: int
    slug: str
    label: str
    other_labels: list[str]
    abbreviation: str
    retired: bool
    merged_into: int | None
    definition: str = ""
    broader: int | None = None

    @property
    def phrases(self) -> list[str]:
        """Everything that people call it, the label first."""
        return [text for text in (self.label, *map(str, self.other_labels), self.abbreviation) if text]


@dataclass(frozen=True)
class Thesaurus:
    """The vocabulary as it is at one moment: load it anew for every request, it is one query or none."""

    entries: Mapping[int, Entry]

    @classmethod
    def load(cls) -> "Thesaurus":
        return _loaded()

    @cached_property
    def labels(self) -> dict[str, str]:
        """Slug → label."""
        return {entry.slug: entry.label for entry in self.entries.values()}

    @property
    def current(self) -> list[Entry]:
        return [entry for entry in self.entries.values() if not entry.retired and entry.merged_into is None]

    @cached_property
    def phrases(self) -> dict[int, tuple[str, ...]]:
        """What people call every term, retired ones too; the names of a merged term count as its heir's."""
        found: dict[int, dict[str, None]] = {}
        for entry in sorted(self.entries.values(), key=lambda entry: entry.merged_into is not None):
            found.setdefault(self._heir(entry).pk, {}).update(dict.fromkeys(entry.phrases))
        return {pk: tuple(names) for pk, names in found.items()}

    @cached_property
    def groups(self) -> tuple[tuple[str, ...], ...]:
        """Phrases that mean the same."""
        return tuple(names for names in self.phrases.values() if len(names) > 1)

    def beside(self) -> dict[int, tuple[str, ...]]:
        """The labels of the broader and the related terms of every term that has them. One query."""
        links = Concept.related.through.objects.order_by("pk").values_list("from_concept", "to_concept")
        upwards = ((entry.pk, entry.broader) for entry in self.entries.values() if entry.broader is not None)
        found: dict[int, dict[str, None]] = {}
        for one, other in (*upwards, *links):
            here, there = self._heir(self.entries[one]), self._heir(self.entries[other])
            if here != there:
                found.setdefault(here.pk, {})[there.label] = None
        return {pk: tuple(labels) for pk, labels in found.items()}

    def _heir(self, entry: Entry) -> Entry:
        seen = {entry.pk}
        while entry.merged_into is not None and entry.merged_into not in seen:
            entry = self.entries[entry.merged_into]
            seen.add(entry.pk)
        return entry


@per_generation
def _loaded() -> Thesaurus:
    rows = Concept.objects.order_by("pk").values_list(
        "pk", "slug", "label", "other_labels", "abbreviation", "retired", "merged_into", "definition", "broader"
    )
    return Thesaurus({row[0]: Entry(*row) for row in rows})


def synonyms() -> Iterator[tuple[str, ...] | Beside]:
    """For the search: the groups as they are in the database now, and what stands beside each. Two queries or none."""
    yield from _synonyms()


@per_generation
def _synonyms() -> tuple[tuple[str, ...] | Beside, ...]:
    thesaurus = Thesaurus.load()
    return (*thesaurus.groups, *(Beside(thesaurus.phrases[pk], names) for pk, names in thesaurus.beside().items()))

"""The practices of the demo as a judged set, straight from their data files: it needs no database.

The documents are composed as the practices' own builder composes them from the database.
"""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils.html import strip_tags

from search.documents import SearchDocument
from search.quality.sets import AUDIENCE, RelevanceSet, read_queries
from search.synonyms import Beside

NAME = "praktijken"
_KIND = "practice"
_ROLES = (
    "target_groups_final",
    "target_groups_intermediate",
    "sectors",
    "forms",
    "livc_phases",
    "themes",
    "methods",
)
_BODY = (
    "problem",
    "objectives",
    "approach",
    "preconditions",
    "intended_effects",
    "lessons_learned",
    "local_authority_role",
    "partners",
    "core_elements",
    "risks",
    "transferability",
    "effort_explanation",
    "evidence_explanation",
    "observed_effect_explanation",
)
_EVIDENCE = ("described", "well_described", "well_founded", "effective")
_CONFIRMED = date(2025, 10, 6)


def read_practices(demo: Path, judged: Path) -> RelevanceSet:
    """The set from the folder of the demo's data and the folder of the judgements. Raises OSError, ValueError."""
    concepts = {row["slug"]: row for row in json.loads((demo / "vocabulary.json").read_text(encoding="utf-8"))}
    groups = tuple(
        tuple(text for text in (row["label"], *row["other_labels"], row["abbreviation"]) if text)
        for row in concepts.values()
    )
    beside = tuple(
        Beside(group, tuple(concepts[slug]["label"] for slug in (row["broader"], *row["related"]) if slug))
        for group, row in zip(groups, concepts.values(), strict=True)
    )
    labels = {slug: str(row["label"]) for slug, row in concepts.items()}
    return RelevanceSet(
        NAME,
        read_queries(judged),
        documents=lambda: _documents(demo, labels),
        words=tuple(text for group in groups for text in group),
        groups=(*groups, *beside),
    )


def _documents(demo: Path, labels: dict[str, str]) -> Iterator[SearchDocument]:
    materials: dict[str, list[str]] = {}
    for material in json.loads((demo / "materials.json").read_text(encoding="utf-8")).values():
        for slug in material["practices"]:
            materials.setdefault(slug, []).append(material["title"])
    paths = sorted((demo / "practices").glob("*.json"))
    entries = [entry for path in paths for entry in json.loads(path.read_text(encoding="utf-8"))]
    for number, entry in enumerate(entries, start=1):
        terms = [labels[slug] for role in _ROLES for slug in entry[role]]
        words = [*terms, *entry["tags"], *entry["municipalities"], *materials.get(entry["slug"], [])]
        yield SearchDocument(
            id=f"{_KIND}:{entry['slug']}",
            kind=_KIND,
            title=entry["title"],
            summary=entry["summary"],
            body="\n".join(" ".join(_texts(entry[name])) for name in _BODY),
            keywords=" · ".join(dict.fromkeys([*words, entry["contact_organisation"] or ""])),
            audiences=frozenset({AUDIENCE}),
            updated=_CONFIRMED + timedelta(days=(number * 37) % 400),  # as the demo is loaded
            evidence_rank=_EVIDENCE.index(entry["evidence_level"]) + 1,
        )


def _texts(value: Any) -> Iterator[str]:
    """All running text in a value of the data file; the kinds of blocks are none."""
    if isinstance(value, str):
        yield strip_tags(value.replace("</", " </"))
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in ("type", "kind"):
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)

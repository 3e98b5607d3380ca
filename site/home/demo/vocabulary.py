"""The concepts of the demo, from vocabulary.json."""

import json
from pathlib import Path
from typing import Any

from taxonomy.models import Concept

VOCABULARY = Path(__file__).with_name("vocabulary.json")
PLAIN = ("scheme", "label", "other_labels", "abbreviation", "definition", "source")


def load_vocabulary() -> dict[str, Concept]:
    """Every concept of the file by slug. Terms that exist already keep what editors made of them."""
    entries: list[dict[str, Any]] = json.loads(VOCABULARY.read_text(encoding="utf-8"))
    known = {concept.slug: concept for concept in Concept.objects.all()}
    new = [entry for entry in entries if entry["slug"] not in known]
    for entry in new:
        concept = Concept(slug=entry["slug"], **{field: entry[field] for field in PLAIN})
        concept.save()
        known[concept.slug] = concept
    for entry in new:
        concept = known[entry["slug"]]
        if entry["broader"]:
            concept.broader = known[entry["broader"]]
            concept.save()
        concept.related.add(*(known[slug] for slug in entry["related"] if slug in known))
    return known

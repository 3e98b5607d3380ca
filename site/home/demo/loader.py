"""Loads the demo content: safe to run again, and all or nothing."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import transaction
from wagtail.documents import get_document_model
from wagtail.models import Collection

from home.demo.bookings import load_bookings
from home.demo.closed_pages import load_closed_pages
from home.demo.events import load_events
from home.demo.experts import load_experts
from home.demo.intervision import load_intervision
from home.demo.members import load_members
from home.demo.people import load_people
from home.demo.practices import PracticeLoader
from home.demo.queries import load_queries
from home.demo.vocabulary import load_vocabulary
from practices.models import PracticeIndexPage

MATERIALS = Path(__file__).with_name("materials")
MATERIALS_LIST = Path(__file__).with_name("materials.json")


@transaction.atomic
def load_demo(*, progress: Callable[[str], None]) -> str:
    """Vocabulary, attachments, logins and practices. Needs `setup_site` first. Returns the counts in words."""
    progress("  logins")
    users = load_people()
    load_members(users)
    progress("  vocabulary")
    concepts = load_vocabulary()
    progress("  attachments")
    materials = _load_materials()
    steward = users["eindredacteur@ankerplaats.example"]
    written = PracticeLoader(PracticeIndexPage.objects.get(), concepts, steward).load(materials, progress)
    load_experts(users, concepts, steward)
    load_bookings(users)
    progress("  events")
    load_events(users, concepts, steward)
    load_intervision(users, steward)
    load_closed_pages()
    load_queries()
    return f"{written} practices, {len(concepts)} concepts, {len(users)} logins"


def _load_materials() -> dict[str, list[dict[str, str]]]:
    """Store the attachments; answer which belong to which practice (by slug)."""
    entries: dict[str, dict[str, Any]] = json.loads(MATERIALS_LIST.read_text(encoding="utf-8"))
    document_model = get_document_model()
    by_practice: dict[str, list[dict[str, str]]] = {}
    for name, entry in entries.items():
        if not document_model.objects.filter(title=entry["title"]).exists():
            document = document_model(title=entry["title"], collection=Collection.get_first_root_node())
            with (MATERIALS / name).open("rb") as handle:
                document.file.save(name, File(handle), save=True)
            document.get_file_hash()  # for the ETag of a download
        for slug in entry["practices"]:
            by_practice.setdefault(slug, []).append({"title": entry["title"], "kind": entry["kind"]})
    return by_practice

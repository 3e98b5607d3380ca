"""The practices of the demo, from practices/*.json: facts from the policy documents named, in our own sentences."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db.models import Model
from wagtail.documents import get_document_model

from people.models import Organisation, OrganisationKind, User
from practices.models import (
    PracticeIndexPage,
    PracticeMaterial,
    PracticeMunicipality,
    PracticePage,
    PracticeReference,
    PracticeSource,
    RelatedPractice,
)
from practices.models.parts import CONCEPT_ROLES
from taxonomy.models import Concept

DATA = Path(__file__).with_name("practices")
SOURCES = {
    "actieplan-2017": "Vlaams actieplan ter preventie van gewelddadige radicalisering en polarisering (2017)",
    "vredesinstituut-advies": "Vlaams Vredesinstituut, advies over het Vlaams beleid inzake de lokale aanpak",
    "parlementaire-vraag-2021": "Vlaams Parlement, schriftelijke vraag over de projectoproep (2021)",
    "nieuwsbericht-projectoproep-2021": "Nieuwsbericht over de projectoproep, 5 maart 2021",
    "voortgangsrapport-regeerakkoord": "Voortgangsrapportage naleving regeerakkoord, radicaliseringspreventie",
}
PLAIN = (
    "title", "summary", "main_level", "problem", "objectives", "preconditions", "intended_effects", "lessons_learned",
    "local_authority_role", "partners", "core_elements", "risks", "staff_hours_per_week", "one_off_cost", "yearly_cost",
    "effort_explanation", "status", "evidence_level", "evidence_explanation", "observed_effect",
    "observed_effect_explanation", "transferability", "contact_role",
)  # fmt: skip
FIRST_CONFIRMED = date(2025, 10, 6)
ASSESSORS = "Redactie Ankerplaats (demo)"


def read_entries() -> list[dict[str, Any]]:
    """Every entry of the data files, in the order of the files."""
    return [entry for path in sorted(DATA.glob("*.json")) for entry in json.loads(path.read_text(encoding="utf-8"))]


class PracticeLoader:
    """Makes or renews the pages; a page that somebody has edited is left alone."""

    def __init__(self, index: PracticeIndexPage, concepts: dict[str, Concept], steward: User) -> None:
        self.index = index
        self.concepts = concepts
        self.steward = steward
        self.municipalities = {o.name: o for o in Organisation.objects.municipalities()}
        self.organisations = {o.name: o for o in Organisation.objects.exclude(kind=OrganisationKind.MUNICIPALITY)}
        self.documents = {document.title: document for document in get_document_model().objects.all()}
        self.pages = {page.slug: page for page in PracticePage.objects.child_of(index)}

    def load(self, materials: dict[str, list[dict[str, str]]], progress: Callable[[str], None]) -> int:
        """Load every entry; `materials` names the attachments by the practice's slug. Returns how many were written."""
        entries = read_entries()
        written = []
        for number, entry in enumerate(entries, 1):
            if self._load_one(number, entry, materials.get(entry["slug"], [])):
                written.append(entry)
            if number % 10 == 0 or number == len(entries):
                progress(f"  practices: {number} of {len(entries)}")
        self._relate(written)
        for entry in written:
            self.pages[entry["slug"]].save_revision(log_action=False).publish()
        return len(written)

    def _load_one(self, number: int, entry: dict[str, Any], materials: list[dict[str, str]]) -> bool:
        page = self.pages.get(entry["slug"])
        if page is not None and page.revisions.exclude(user=None).exists():
            return False
        is_new = page is None
        page = page or PracticePage(slug=entry["slug"], live=False, owner=self.steward)
        self._fill(page, number, entry)
        if is_new:
            self.index.add_child(instance=page)
        self._fill_children(page, entry, materials)
        page.save()
        self.pages[page.slug] = page
        return True

    def _fill(self, page: PracticePage, number: int, entry: dict[str, Any]) -> None:
        for name in PLAIN:
            setattr(page, name, entry[name])
        for level in ("primary", "secondary", "tertiary"):
            setattr(page, f"level_{level}", level in entry["levels"])
        page.approach = json.dumps([raw_block(block) for block in entry["approach"]])
        for name in ("period_start", "period_end"):
            setattr(page, name, date.fromisoformat(entry[name]) if entry[name] else None)
        page.steward = self.steward
        page.confirmed_on = page.evidence_date = FIRST_CONFIRMED + timedelta(days=(number * 37) % 400)
        page.review_date = page.confirmed_on + timedelta(days=365)
        page.evidence_assessors = ASSESSORS
        page.contact_organisation = self._organisation(entry["contact_organisation"])

    def _fill_children(self, page: PracticePage, entry: dict[str, Any], materials: list[dict[str, str]]) -> None:
        for role in CONCEPT_ROLES:
            setattr(page, role, [self.concepts[slug] for slug in entry[role]])
        page.tags.set(entry["tags"])
        children: dict[str, list[Model]] = {}
        children["ran_in"] = [
            PracticeMunicipality(organisation=self.municipalities[name]) for name in entry["municipalities"]
        ]
        children["references"] = [
            PracticeReference(title=r["title"], author=r["author"], year=r["year"], url=r.get("url") or "")
            for r in entry["references"]
        ]
        children["sources"] = [
            PracticeSource(title=SOURCES[s["document"]], passage=s["passage"]) for s in entry["sources"]
        ]
        children["materials"] = [
            PracticeMaterial(document=self.documents[m["title"]], kind=m["kind"]) for m in materials
        ]
        for relation, rows in children.items():
            setattr(page, relation, rows)

    def _relate(self, entries: list[dict[str, Any]]) -> None:
        for entry in entries:
            self.pages[entry["slug"]].related_links = [
                RelatedPractice(related=self.pages[slug]) for slug in entry["related"] if slug in self.pages
            ]

    def _organisation(self, name: str) -> Organisation | None:
        """The body that a source names as the contact; made when it is new."""
        if not name:
            return None
        if name in self.municipalities:
            return self.municipalities[name]
        if name not in self.organisations:
            kind = OrganisationKind.VVSG if name == "VVSG" else OrganisationKind.OTHER
            self.organisations[name] = Organisation.objects.create(name=name, kind=kind)
        return self.organisations[name]


def raw_block(block: dict[str, Any]) -> dict[str, Any]:
    """A block of the data file as StreamField stores it."""
    kind = block["type"]
    if kind == "text":
        return {"type": "text", "value": block["value"]}
    if kind == "table":
        table = {
            "columns": [{"type": "text", "heading": heading} for heading in block["header"]],
            "rows": [{"values": row} for row in block["rows"]],
            "caption": "",
        }
        return {"type": "table", "value": {"caption": block["caption"], "table": table}}
    return {"type": kind, "value": {key: value for key, value in block.items() if key != "type"}}

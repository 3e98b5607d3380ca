"""What stands in the PDF of a practice, in the order in which a meeting reads it."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.documents.models import AbstractDocument

from core.privacy import private_collection_paths
from people.labels import label_of
from practices.attachments import open_blocks, open_materials
from practices.cards import PracticeCard, cards
from practices.choices import EvidenceLevel, MaterialKind
from practices.pdf.blocks import stream
from practices.pdf.text import Item, Run, bullets, clean, paragraph, rich_text, run
from practices.presentation import facts

if TYPE_CHECKING:
    from practices.models import PracticePage


@dataclass(frozen=True)
class PdfSection:
    title: str
    body: list[Item]


@dataclass(frozen=True)
class PdfData:
    """Everything the template draws, but for the size of the letters and what is trimmed."""

    title: str
    summary: str
    author: str
    site: str
    url: str
    shown_url: str
    printed: str
    level: str
    level_words: str
    audience: str
    keywords: list[str]
    facts: list[dict[str, Any]]
    sections: list[PdfSection]
    words: dict[str, str]

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def pdf_data(page: "PracticePage", *, url: str, site_title: str) -> PdfData:
    card = cards([page])[0]
    return PdfData(
        title=clean(page.title),
        summary=clean(page.summary),
        author=clean(site_title),
        site=clean(site_title),
        url=url,
        shown_url=clean(url.split("://", 1)[-1].rstrip("/")),
        printed=date_format(timezone.localdate(), "j F Y"),
        level=page.main_level,
        level_words=_level_words(page),
        audience=clean(label.sentence) if (label := label_of(page)) else "",
        keywords=[clean(term.label) for term in card.terms["themes"]],
        facts=[_fact(fact) for fact in facts(card)],
        sections=[section for section in _sections(page, card, url) if section.body],
        words={"page": _("Page"), "read_on": _("Read on at")},
    )


def _level_words(page: "PracticePage") -> str:
    labels = [str(level.label) for level in page.levels]
    if len(labels) > 1:
        labels[0] = f"{labels[0]} ({_('main level')})"
    return " · ".join(labels)


def _fact(fact: Any) -> dict[str, Any]:
    shown = {"label": clean(fact.label), "value": clean(fact.value), "detail": clean(fact.detail), "rank": 0}
    if fact.kind == "evidence":
        evidence = EvidenceLevel(fact.value)
        shown |= {"value": str(evidence.label), "rank": evidence.rank}
    return shown


def _sections(page: "PracticePage", card: PracticeCard, url: str) -> list[PdfSection]:
    # Paper is passed on: it names only what everybody may open.
    private = private_collection_paths()

    def rich(title: str, field: str) -> PdfSection:
        return PdfSection(title, rich_text(getattr(page, field), url))

    return [
        rich(_("The problem"), "problem"),
        rich(_("Objectives"), "objectives"),
        PdfSection(_("Target groups"), _target_groups(card)),
        rich(_("Preconditions"), "preconditions"),
        rich(_("Intended preventive effects"), "intended_effects"),
        PdfSection(_("The approach, step by step"), stream(open_blocks(page.approach, private), url)),
        rich(_("Lessons learned"), "lessons_learned"),
        rich(_("What must stay"), "core_elements"),
        rich(_("Role of the local authority"), "local_authority_role"),
        rich(_("Partners"), "partners"),
        PdfSection(_("Effort and cost"), _lines(page.effort_explanation)),
        rich(_("Risks"), "risks"),
        rich(_("For another municipality"), "transferability"),
        PdfSection(_("How well founded"), _lines(page.evidence_explanation, page.observed_effect_explanation)),
        PdfSection(_("Contact"), bullets(_contact(page))),
        PdfSection(_("Materials"), bullets(_materials(page, url, private))),
        PdfSection(_("Sources"), bullets(_sources(page))),
        PdfSection(_("Permanent address"), [paragraph(run(url.split("://", 1)[-1], url=url))]),
    ]


def _lines(*texts: str) -> list[Item]:
    return [paragraph(run(line)) for text in texts for line in text.splitlines() if line.strip()]


def _target_groups(card: PracticeCard) -> list[Item]:
    roles = (
        (_("In the end"), "target_groups_final"),
        (_("Reached through"), "target_groups_intermediate"),
    )
    return [
        paragraph(run(f"{label}: ", bold=True), run(", ".join(term.label for term in terms)))
        for label, role in roles
        if (terms := card.terms[role])
    ]


def _contact(page: "PracticePage") -> list[list[Run]]:
    organisation = str(page.contact_organisation) if page.contact_organisation else ""
    who = ", ".join(part for part in (page.contact_role, organisation, page.contact_name) if part)
    lines = [[run(capfirst(who))]] if who else []
    if page.contact_email:
        lines.append([run(page.contact_email, url=f"mailto:{page.contact_email}")])
    if page.contact_phone:
        lines.append([run(page.contact_phone)])
    return lines


def _materials(page: "PracticePage", url: str, private: tuple[str, ...]) -> list[list[Run]]:
    """Title, kind and address of each document; on paper the address must be readable."""
    origin = "/".join(url.split("/", 3)[:3])
    lines = []
    for item in open_materials(page.materials.select_related("document__collection"), private):
        address = origin + _document_path(item.document)
        kind = str(MaterialKind(item.kind).label)
        lines.append([run(f"{item} ({kind}): "), run(address.split("://", 1)[-1], url=address)])
    return lines


def _document_path(document: AbstractDocument) -> str:
    return reverse("wagtaildocs_serve", args=[document.pk, document.filename])


def _sources(page: "PracticePage") -> list[list[Run]]:
    cited = [(source.title, source.passage, source.url) for source in page.sources.all()]
    cited += [
        (", ".join(part for part in (ref.author, ref.title, str(ref.year or "")) if part), "", ref.url)
        for ref in page.references.all()
    ]
    return [[run(", ".join(part for part in (title, passage) if part), url=url)] for title, passage, url in cited]

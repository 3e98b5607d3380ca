"""What the page of a practice shows, in the order in which a reader judges and then reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.rich_text import expand_db_html

from core.prepared import objects_for
from practices.attachments import GUARDED, open_blocks, open_materials, what_is_closed
from practices.beside import is_preview, practices_beside
from practices.cards import PracticeCard, cards
from practices.choices import MaterialKind, ObservedEffect
from practices.citations import citations, preview_citations
from practices.concepts import TAGS
from practices.models import PracticeMaterial
from practices.page_parts import parts_of

if TYPE_CHECKING:
    from practices.models import PracticePage

NAMED = 3


@dataclass(frozen=True)
class Fact:
    """One cell of the strip that lets her judge in ten seconds."""

    label: str
    value: str
    kind: str = "text"
    detail: str = ""


@dataclass(frozen=True)
class Section:
    """A part of the text: its own template, or rich text."""

    id: str
    title: str
    html: SafeString | str = ""
    template: str = ""


def practice_context(page: "PracticePage", request: HttpRequest) -> dict[str, Any]:
    """The page and the cards of practices beside it are read together: a fixed number of queries."""
    listing: Any = page.above[-1] if page.above else None
    related_pages, similar_pages = practices_beside(page, request)
    card, *beside = cards([page, *related_pages, *similar_pages])
    related, similar = beside[: len(related_pages)], beside[len(related_pages) :]
    rows = _materials(page)
    closed = what_is_closed(rows, page.approach, request)
    page.approach = open_blocks(page.approach, closed)
    materials = [_material(item) for item in open_materials(rows, closed)]
    references, sources, experiences = preview_citations(page) if is_preview(request) else citations(page.pk)
    sections = [section for section in _sections(page, card, materials) if section is not None]
    sections.append(
        Section("ervaringen", _("Experiences of other municipalities"), template="practices/includes/experiences.html")
    )
    if references:
        sections.append(
            Section("onderzoek", _("Research and evaluation"), template="practices/includes/references.html")
        )
    if sources:
        sections.append(Section("bronnen", _("Sources"), template="practices/includes/sources.html"))
    return {
        "card": card,
        "listing_url": listing.url if listing else "",
        "facts": facts(card),
        "sections": sections,
        "toc": [{"id": section.id, "title": section.title} for section in sections],
        "concepts": [term for role in ("themes", "forms", "methods", "livc_phases") for term in card.terms[role]],
        "tags": card.terms[TAGS],
        "materials": materials,
        "references": references,
        "sources": sources,
        "experiences": experiences,
        "related": related,
        "similar": similar,
        "parts": parts_of(page, request),
        "pdf_url": reverse("practice_pdf", args=[page.slug]) if page.pk and page.live else "",
    }


def _materials(page: "PracticePage") -> list[Any]:
    rows = page.materials.all()
    if not isinstance(rows, QuerySet):  # of a preview: rows of the editor's form
        return list(rows)
    return objects_for(_saved_materials, [page.pk])


def _saved_materials(page_ids: Sequence[int]) -> QuerySet[PracticeMaterial]:
    rows = PracticeMaterial.objects.filter(practice__in=page_ids).order_by("sort_order")
    return rows.select_related("document__collection").annotate(guarded=GUARDED)


def facts(card: PracticeCard) -> list[Fact]:
    """For whom, effort, cost, evidence, where, how fresh. What nobody filled in is left out."""
    page = card.page
    strip = [
        Fact(_("For whom"), capfirst(_some(card.target_groups))),
        Fact(_("Effort"), _effort(page)),
        # An amount alone misleads: it may be a budget for the whole of Flanders.
        Fact(_("Cost"), _cost(page), detail=_("see the explanation below") if page.effort_explanation else ""),
        Fact(_("Evidence"), page.evidence_level, kind="evidence", detail=_effect(page)),
        Fact(_("Ran in"), _some([place.name for place in card.places]) or _("Flanders"), detail=_period(page)),
        Fact(_("Confirmed"), date_format(page.confirmed_on, "F Y") if page.confirmed_on else ""),
    ]
    return [fact for fact in strip if fact.value]


def _some(names: list[str]) -> str:
    text, more = ", ".join(names[:NAMED]), len(names) - NAMED
    if more <= 0:
        return text
    return f"{text} " + ngettext("and %(more)s more", "and %(more)s more", more) % {"more": more}


def _effort(page: "PracticePage") -> str:
    if page.staff_hours_per_week is None:
        return ""
    hours = number_format(page.staff_hours_per_week.normalize() if page.staff_hours_per_week else 0)
    return _("%(hours)s hours a week") % {"hours": hours}


def _cost(page: "PracticePage") -> str:
    parts = []
    if page.one_off_cost is not None:
        parts.append(_("€ %(amount)s once") % {"amount": intcomma(page.one_off_cost)})
    if page.yearly_cost is not None:
        parts.append(_("€ %(amount)s a year") % {"amount": intcomma(page.yearly_cost)})
    return ", ".join(parts)


def _effect(page: "PracticePage") -> str:
    """An effect that was observed is said at the top, harm above all."""
    return "" if page.observed_effect == ObservedEffect.UNKNOWN else capfirst(page.get_observed_effect_display())


def _period(page: "PracticePage") -> str:
    years = [str(day.year) for day in (page.period_start, page.period_end) if day]
    return ", ".join(part for part in ("–".join(dict.fromkeys(years)), page.get_status_display()) if part)


def _material(item: Any) -> dict[str, Any]:
    return {
        "title": str(item),
        "kind_label": MaterialKind(item.kind).label,
        "url": item.document.url,
        "extension": item.document.file_extension,
        "size": item.document.get_file_size() or 0,
    }


def _rich(identifier: str, title: str, source: str) -> Section | None:
    html = expand_db_html(source) if source else ""
    return Section(identifier, title, html=mark_safe(html)) if html.strip() else None  # noqa: S308  # our editors' rich text, cleaned by Wagtail


def _sections(page: "PracticePage", card: PracticeCard, materials: list[dict[str, Any]]) -> list[Section | None]:
    folder = "practices/includes"
    has_effort = page.effort_explanation or _effort(page) or _cost(page)
    return [
        _rich("probleem", _("The problem"), page.problem),
        _rich("doelen", _("Objectives"), page.objectives),
        Section("doelgroepen", _("Target groups"), template=f"{folder}/target_groups.html"),
        _rich("effecten", _("Intended preventive effects"), page.intended_effects),
        _rich("randvoorwaarden", _("Preconditions"), page.preconditions),
        Section("aanpak", _("The approach, step by step"), template=f"{folder}/approach.html")
        if page.approach
        else None,
        _rich("kern", _("What must stay"), page.core_elements),
        _rich("regierol", _("Role of the local authority"), page.local_authority_role),
        _rich("partners", _("Partners"), page.partners),
        Section("inzet", _("Effort and cost"), template=f"{folder}/effort.html") if has_effort else None,
        _rich("lessen", _("Lessons learned"), page.lessons_learned),
        _rich("risicos", _("Risks"), page.risks),
        _rich("overdraagbaarheid", _("For another municipality"), page.transferability),
        Section("onderbouwing", _("How well founded"), template=f"{folder}/evidence.html"),
        Section("gemeenten", _("Where it ran"), template=f"{folder}/places.html") if card.places else None,
        Section("materiaal", _("Materials"), template=f"{folder}/materials.html") if materials else None,
    ]

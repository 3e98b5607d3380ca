"""What the page of an expert shows, for this reader."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from wagtail.models import Page

from core.generation import per_generation
from experts.choices import DONE, Answer, ExpertKind, Language, OfferKind
from experts.directory.page_parts import parts_of
from experts.models import BookingExpert, ExpertOffer, ExpertPage, ExpertWork
from people.audiences import Reader, visible_to
from people.models import Province
from practices.presentation import Fact


@dataclass(frozen=True)
class ShownOffer:
    """An offer with its facts in words."""

    offer: ExpertOffer
    facts: list[Fact]


def expert_context(page: ExpertPage, request: HttpRequest) -> dict[str, Any]:
    offers = list(page.offers.all())
    in_pool = page.is_in_pool()
    terms = [
        (label, list(getattr(page, role).all()))
        for role, label in (
            ("specialisms", _("Specialisms")),
            ("themes", _("Themes")),
            ("forms", _("Forms of extremism")),
        )
    ]
    return {
        "facts": _facts(page, offers),
        "offers": [ShownOffer(offer, offer_facts(offer)) for offer in offers],
        "terms": [(label, found) for label, found in terms if found],
        "references": shown_references(page),
        "works": works_of(page, request.user),
        "parts": parts_of(page, request),
        "in_pool": in_pool,
        "ask_url": f"{reverse('booking_ask')}?expert={page.slug}" if in_pool else "",
        "successor": successor_of(page, request.user) if page.has_left else None,
        "deliveries": deliveries_of(page) if page.has_left else [],
        "listing_url": page.above[-1].url if page.above else "",
    }


def shown_references(page: ExpertPage) -> list[Any]:
    """Those that the referee confirmed within the year; a page that is not saved yet has none."""
    from experts.directory.references import confirmed

    return list(confirmed(page)) if page.pk else []


def works_of(page: ExpertPage, reader: Reader) -> list[Page]:
    """What she took part in, in the editors' order, as far as this reader may see it."""
    order = [work.page_id for work in page.works.all()]
    found = {other.pk: other for other in visible_to(Page.objects.filter(pk__in=order), reader)} if order else {}
    return [found[pk] for pk in order if pk in found]


def who_took_part(page: Page, request: HttpRequest) -> dict[str, Any] | None:
    """The experts who took part in a page, in the pool or not any more."""
    ids = _took_part().get(page.pk)
    found = list(visible_to(ExpertPage.objects.filter(pk__in=ids), request.user).order_by("title")) if ids else []
    return {"experts": found} if found else None


@per_generation
def _took_part() -> dict[int, list[int]]:
    """Of every page in which somebody of the pool took part: who."""
    found: dict[int, list[int]] = {}
    for page_id, expert_id in ExpertWork.objects.values_list("page_id", "expert_id"):
        found.setdefault(page_id, []).append(expert_id)
    return found


def offer_facts(offer: ExpertOffer) -> list[Fact]:
    """Duration, group, languages, where, and what it costs. What nobody filled in is left out."""
    where = [*offer.province_names, *([_("online")] if offer.online else [])]
    facts = [
        Fact(_("Duration"), ngettext("%(n)s day-part", "%(n)s day-parts", offer.day_parts) % {"n": offer.day_parts}),
        Fact(_("Group"), _group(offer)),
        Fact(_("Languages"), capfirst(", ".join(offer.language_names))),
        Fact(_("Where"), capfirst(", ".join(where))),
        Fact(_("Cost for the municipality"), euro(offer.municipality_cost) or pgettext("cost", "free")),
        Fact(_("The pool pays"), euro(offer.pool_cost)),
    ]
    return [fact for fact in facts if fact.value]


def euro(amount: Any) -> str:
    """“€ 1 250” or “€ 62,50”; nothing for nothing."""
    if not amount:
        return ""
    whole = amount == amount.to_integral_value()
    return f"€ {number_format(amount, 0 if whole else 2, force_grouping=True)}"


def _group(offer: ExpertOffer) -> str:
    least, most = offer.group_min, offer.group_max
    if least and most:
        return _("%(least)s to %(most)s people") % {"least": least, "most": most}
    if most:
        return _("at most %(most)s people") % {"most": most}
    return _("at least %(least)s people") % {"least": least} if least else ""


def _facts(page: ExpertPage, offers: list[ExpertOffer]) -> list[Fact]:
    """The strip that lets her judge in ten seconds."""
    kinds = [str(kind.label) for kind in OfferKind if any(offer.kind == kind for offer in offers)]
    languages = [str(found.label) for found in Language if any(found.value in offer.languages for offer in offers)]
    places = [str(found.label) for found in Province if any(found.value in offer.provinces for offer in offers)]
    online = any(offer.online for offer in offers)
    facts = [
        Fact(_("Offered in the pool") if page.has_left else _("What you can ask"), capfirst(", ".join(kinds))),
        Fact(_("Works in"), ", ".join(places), detail=_("also online") if online else ""),
        Fact(_("Languages"), capfirst(", ".join(languages))),
    ]
    if page.organisation is not None and page.kind == ExpertKind.PERSON:
        facts.append(Fact(_("Organisation"), page.organisation.name))
    return [fact for fact in facts if fact.value]


def successor_of(page: ExpertPage, reader: Reader) -> ExpertPage | None:
    other = page.expert_successor
    return other if other is not None and visible_to(type(other).objects.filter(pk=other.pk), reader).exists() else None


def deliveries_of(page: ExpertPage) -> list[tuple[str, int]]:
    """What she did in the pool, by kind of offer: numbers only, no word about any municipality."""
    rows = BookingExpert.objects.filter(expert=page, answer=Answer.ACCEPTED, booking__state__in=DONE)
    kinds = list(rows.values_list("booking__offer_kind", flat=True))
    return [(capfirst(str(kind.label)), kinds.count(kind.value)) for kind in OfferKind if kind.value in kinds]

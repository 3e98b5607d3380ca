"""What the page of an event shows, for this reader."""

from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.privacy import is_closed
from events.choices import OpenTo
from events.directory.beside import leaders_of, other_dates, related_to
from events.directory.cards import EventCard, address, price_in_words
from events.directory.places import where
from events.directory.standing import Stand, Standing, keep_until_change
from events.directory.timetable import places, timetable
from events.directory.wishes import wishes_of
from events.models import EventMaterial, EventPage
from events.page_parts import parts_of
from events.programme import cancel_deadline, registration_closes
from people.models import Role, User
from practices.beside import is_preview
from practices.presentation import Fact


@dataclass(frozen=True)
class Text:
    """A part of the page in rich text."""

    id: str
    title: str
    source: str


def event_context(page: EventPage, request: HttpRequest) -> dict[str, Any]:
    """A fixed number of queries. A preview shows the rows of the editor's form."""
    if page.pk and not is_preview(request):
        prefetch_related_objects([page], "sessions")  # asked for by everything about time
    card = EventCard(page, address(page))
    standing = card.standing
    keep_until_change(page)
    reader = request.user
    terms = [term for role in ("themes", "sectors", "forms") for term in getattr(page, role).all()]
    return {
        "card": card,
        "standing": standing,
        "facts": _facts(card),
        "before": _texts(page, ("over", _("About this event"), "body"), ("leren", _("What you learn"), "goals"),
                         ("voorbereiden", _("How to prepare"), "preparation")),
        "afterwards": _texts(page, ("terugblik", _("Looking back"), "looking_back"),
                             ("geleerd", _("What was learnt"), "learnt")),
        "days": timetable(card.sessions),
        "places": places(card.sessions),
        "leaders": leaders_of(page, reader),
        "related": related_to(page, reader),
        "dates": other_dates(page, reader),
        "materials": _materials(page),
        "photos": [photo for photo in page.photos.all() if photo.image_id],
        "terms": terms,
        "parts": parts_of(page, request),
        "file_url": reverse("event_file", args=[page.slug]) if page.pk and page.live and page.slug else "",
        "closes": registration_closes(page),
        "cancel_until": cancel_deadline(page),
        "is_wishable": _is_wishable(standing),
        "is_wished": isinstance(reader, User) and _is_wishable(standing) and wishes_of(page, reader),
    }  # fmt: skip


def _texts(page: EventPage, *parts: tuple[str, str, str]) -> list[Text]:
    found = (Text(identifier, title, getattr(page, name)) for identifier, title, name in parts)
    return [text for text in found if text.source]


def _is_wishable(standing: Standing) -> bool:
    """Whoever cannot come any more can ask to hear of the next edition."""
    return standing.stand not in {Stand.OPEN, Stand.EARLY, Stand.GROUP}


def _materials(page: EventPage) -> list[EventMaterial]:
    """What the reader may open."""
    rows = [row for row in page.materials.all() if row.document_id]
    return [row for row in rows if not is_closed(row.document)]


def _facts(card: EventCard) -> list[Fact]:
    """The strip that lets her judge in ten seconds."""
    page = card.page
    facts = [
        Fact(_("When"), card.when, detail=card.more),
        Fact(_("Where"), _where(card)),
        Fact(_("For whom"), capfirst(page.for_whom) or capfirst(str(OpenTo(page.open_to).label)), detail=_who(page)),
        Fact(_("Price"), capfirst(price_in_words(page)), detail=_("VVSG sends the invoice") if page.price else ""),
        Fact(_("Places"), _places(card), detail=card.standing.words),
    ]
    return [fact for fact in facts if fact.value]


def _places(card: EventCard) -> str:
    """How many there are, while that says anything."""
    return "" if card.standing.is_past or card.standing.stand is Stand.GROUP else str(card.page.capacity)


def _where(card: EventCard) -> str:
    """Every place once; online once."""
    return capfirst(", ".join(dict.fromkeys(found for session in card.sessions if (found := where(session)))))


def _who(page: EventPage) -> str:
    """Who may register, and in which roles."""
    roles = ", ".join(str(role.label) for role in Role if role.value in page.for_roles)
    may = capfirst(str(OpenTo(page.open_to).label)) if page.for_whom else ""
    return "; ".join(part for part in (may, roles) if part)

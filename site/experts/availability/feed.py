"""The private feed: her bookings, for her own calendar program, at an address that is a secret.

It says what she needs to be there: for whom, about what, where, and whether it is certain. No question, no telephone.
"""

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator

from django.core.signing import BadSignature, Signer
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from core.calendar_files import CONTENT_TYPE, CalendarEvent, Method, Status, calendar
from core.mail.services import absolute_url, site_title
from experts.availability.appointments import runs, uid
from experts.choices import Place
from experts.day_parts import Slot
from experts.models import AvailabilityRules, BookedDayPart, Booking, ExpertPage

SECRET = re.compile(r"([0-9]{1,18})\.([A-Za-z0-9_-]{43})")
SIGNER = "experts.feed"
PAST = datetime.timedelta(days=90)


@require_safe
@sensitive_variables("secret")
def expert_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Without signing in: calendar programs cannot. Kept by nobody but the reader."""
    rules = _rules_of(secret)
    name = f"{site_title()}: {rules.expert.title}"
    text = calendar(events_of(rules.expert), method=Method.PUBLISH, name=name)
    response = HttpResponse(text, content_type=CONTENT_TYPE)
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = 'inline; filename="boekingen.ics"'
    return response


def secret_of(rules: AvailabilityRules) -> str:
    """Signed and kept nowhere: who reads the database, or a copy of it, has no address of a feed."""
    return f"{rules.pk}.{_signer().signature(_signed(rules))}"


def _rules_of(secret: str) -> AvailabilityRules:
    """Raises Http404 for what was never signed, or not with what her address is made of now."""
    found = SECRET.fullmatch(secret)
    rules = AvailabilityRules.objects.select_related("expert").filter(pk=found[1]).first() if found else None
    if found is None or rules is None:
        raise Http404
    try:
        _signer().unsign(f"{_signed(rules)}:{found[2]}")
    except BadSignature:
        raise Http404 from None
    return rules


def _signer() -> Signer:
    return Signer(salt=SIGNER)


def _signed(rules: AvailabilityRules) -> str:
    return f"{rules.pk}:{rules.feed_nonce}"


def events_of(expert: ExpertPage) -> list[CalendarEvent]:
    """Every session that is held or confirmed, from three months back on."""
    rows = BookedDayPart.objects.filter(expert=expert, day__gte=timezone.localdate() - PAST)
    by_booking: dict[Booking, dict[bool, list[Slot]]] = defaultdict(lambda: defaultdict(list))
    for row in rows.select_related("booking__organisation"):
        by_booking[row.booking][row.confirmed].append(row.slot)
    return [event for booking, slots in by_booking.items() for event in _events(booking, expert, slots)]


def _events(booking: Booking, expert: ExpertPage, slots: dict[bool, list[Slot]]) -> Iterator[CalendarEvent]:
    """Numbered as in the invitations by mail: a calendar knows them as the same appointments."""
    sessions = [(True, run) for run in runs(slots[True])] + [(False, run) for run in runs(slots[False])]
    for number, (is_confirmed, run) in enumerate(sessions, start=1):
        summary = f"{booking.subject} ({booking.organisation})"
        yield CalendarEvent(
            uid=uid(booking, expert, number),
            sequence=booking.sequence,
            starts_at=run[0].starts_at,
            ends_at=run[-1].ends_at,
            summary=summary if is_confirmed else _("Held: %(booking)s") % {"booking": summary},
            description=absolute_url("booking", booking.uid),
            location=_where(booking),
            status=Status.CONFIRMED if is_confirmed else Status.TENTATIVE,
        )


def _where(booking: Booking) -> str:
    place = booking.online_link if booking.place == Place.ONLINE else booking.address
    return place or str(booking.get_place_display())

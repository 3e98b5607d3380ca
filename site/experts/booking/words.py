"""What a booking says about itself to the people in it."""

from collections.abc import Iterable

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from experts.booking.flow import ACTIONS, STEPS
from experts.booking.sessions import sessions
from experts.choices import OVER, BookingState, Party
from experts.models import Booking, BookingEvent, BookingOption


def turn(booking: Booking, reader: Iterable[Party] = ()) -> str:
    """“To act: the expert, until 3 december 2026”, “you” where it is the reader; empty when nobody is to move."""
    if booking.turn == Party.NOBODY or booking.state in OVER:
        return ""
    who = _("you") if booking.turn in set(reader) else str(Party(booking.turn).label)
    if booking.turn_until is None:
        return _("To act: %(who)s") % {"who": who}
    return _("To act: %(who)s, until %(day)s") % {"who": who, "day": date_format(booking.turn_until, "j F Y")}


def next_step(booking: Booking) -> str:
    """What whoever has the turn is to do, as a sentence."""
    what = str(STEPS[BookingState(booking.state)].what)
    return f"{capfirst(what)}." if what else ""


def state(booking: Booking) -> str:
    """The state as a reader sees it: a cancellation says whether it was late."""
    if booking.state == BookingState.CANCELLED:
        return pgettext("booking", "cancelled late") if booking.cancelled_late else pgettext("booking", "cancelled")
    return str(booking.get_state_display())


def option(found: BookingOption) -> str:
    return "; ".join(session.in_words for session in sessions(found.slots))


def event(row: BookingEvent) -> str:
    """What happened, of a line of the history."""
    action = ACTIONS.get(row.action)
    return str(action.label) if action else capfirst(row.action)

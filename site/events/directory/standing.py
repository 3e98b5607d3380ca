"""How an event stands for who wants to come: cancelled, full, still so many places. In words, from its counters.

The page cache keeps what shows this: writing the counters moves the generation, and what the clock changes is answered
by `next_change`.
"""

import datetime
from dataclasses import dataclass
from enum import StrEnum

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.page_cache import fresh_for
from events import programme
from events.models import EventPage, EventState


class Stand(StrEnum):
    CANCELLED = "cancelled"
    PAST = "past"
    BEGUN = "begun"
    EARLY = "early"
    CLOSED = "closed"
    OPEN = "open"
    WAITING_LIST = "waiting-list"
    FULL = "full"
    GROUP = "group"


@dataclass(frozen=True)
class Standing:
    stand: Stand
    words: str

    @property
    def is_cancelled(self) -> bool:
        return self.stand is Stand.CANCELLED

    @property
    def is_past(self) -> bool:
        return self.stand is Stand.PAST


def state_of(event: EventPage) -> EventState | None:
    """None for a page that was never published. Select `running` for lists."""
    return getattr(event, "running", None) if event.pk else None


def is_cancelled(event: EventPage) -> bool:
    state = state_of(event)
    return state is not None and state.cancelled_at is not None


def free_places(event: EventPage) -> int:
    state = state_of(event)
    return event.capacity if state is None else max(state.capacity - state.taken, 0)


def standing_of(event: EventPage, now: datetime.datetime | None = None) -> Standing:
    """What counts first is said first."""
    now = now or timezone.now()
    start, end = programme.starts_at(event), programme.ends_at(event)
    opens, closes = programme.registration_opens(event), programme.registration_closes(event)
    if is_cancelled(event):
        return Standing(Stand.CANCELLED, _("Cancelled"))
    if end is not None and end <= now:
        return Standing(Stand.PAST, _("Past"))
    if programme.is_of_a_group(event):
        return Standing(Stand.GROUP, _("A fixed group: ask to join"))
    if opens is not None and now < opens:
        return Standing(Stand.EARLY, _("Register from %(day)s on") % {"day": _moment(opens)})
    if closes is not None and closes <= now:
        begun = start is not None and start <= now
        return Standing(Stand.BEGUN, _("Has begun")) if begun else Standing(Stand.CLOSED, _("Registration is closed"))
    return _by_places(event)


def _by_places(event: EventPage) -> Standing:
    free = free_places(event)
    if free:
        words = ngettext("%(free)s place left", "%(free)s places left", free) % {"free": free}
        return Standing(Stand.OPEN, words)
    if event.has_waiting_list:
        return Standing(Stand.WAITING_LIST, _("Full: waiting list"))
    return Standing(Stand.FULL, _("Full"))


def next_change(event: EventPage, now: datetime.datetime) -> datetime.datetime | None:
    """When the clock next changes what is said of it; None: never."""
    moments = [programme.registration_opens(event), programme.registration_closes(event)]
    moments += [moment for session in event.sessions.all() for moment in (session.starts_at, session.ends_at)]
    return min((moment for moment in moments if moment is not None and moment > now), default=None)


def keep_until_change(*events: EventPage) -> None:
    """The answer that shows these events is kept until the clock changes one of them."""
    now = timezone.now()
    moments = [moment for event in events if (moment := next_change(event, now)) is not None]
    if moments:
        fresh_for((min(moments) - now).total_seconds())


def _moment(moment: datetime.datetime) -> str:
    """“3 december 2026, 9.00”; a day alone where it is midnight."""
    local = timezone.localtime(moment)
    if (local.hour, local.minute) == (0, 0):
        return date_format(local, "j F Y")
    return date_format(local, "j F Y, G.i")

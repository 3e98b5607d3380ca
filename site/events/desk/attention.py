"""What an organiser should look at: of an event that comes, and of one that was. Reads what the overview prefetched."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events import programme
from events.choices import Attendance, RegistrationState
from events.models import EventPage, EventPrivate
from events.presence.evaluation import FEWEST

LINK_SOON = datetime.timedelta(days=7)
LOW = 3.0  # of 5: the middle
LOOK_BACK = datetime.timedelta(days=365)


@dataclass
class Counts:
    """Of one event: how many in which state, and what they thought."""

    states: dict[str, int]
    evaluations: int = 0
    average: float | None = None
    unsent: int = 0

    def of(self, *states: str) -> int:
        return sum(self.states.get(state, 0) for state in states)

    @property
    def waiting(self) -> int:
        return self.of(RegistrationState.WAITING)

    @property
    def offered(self) -> int:
        return self.of(RegistrationState.OFFERED)


def needed(event: EventPage, counts: Counts) -> list[str]:
    """In words, what is first on top; of an event that was cancelled only mail that did not go."""
    if event.running.cancelled_at is not None:
        notes = []
    else:
        notes = _of_the_past(event, counts) if programme.is_past(event) else _of_what_comes(event, counts)
    if counts.unsent:
        number = {"number": counts.unsent}
        text = ngettext("%(number)s mail was not sent yet", "%(number)s mails were not sent yet", counts.unsent)
        notes.append(text % number)
    return notes


def _of_what_comes(event: EventPage, counts: Counts) -> list[str]:
    sessions = programme.sessions_of(event)
    if not sessions:
        return [_("No date yet")]
    notes = []
    online = [one for one in sessions if one.attendance != Attendance.ON_SITE]
    soon = any(one.starts_at <= timezone.now() + LINK_SOON for one in online)
    if soon and event.live and not _private(event).online_link:
        notes.append(_("No link to take part online"))
    on_site = [one for one in sessions if one.attendance != Attendance.ONLINE]
    if any(not one.venue for one in on_site):
        notes.append(_("No place"))
    if any(not one.accessibility for one in on_site):
        notes.append(_("Nothing about accessibility"))
    if counts.waiting and event.live and event.running.taken < event.running.capacity:
        notes.append(_("Places are free while people wait"))
    return notes


def _of_the_past(event: EventPage, counts: Counts) -> list[str]:
    ended = programme.ends_at(event)
    if ended is None or ended < timezone.now() - LOOK_BACK:
        return []
    notes = []
    if open_ones := counts.of(RegistrationState.REGISTERED):
        text = ngettext(
            "Attendance of %(number)s participant not noted",
            "Attendance of %(number)s participants not noted",
            open_ones,
        )
        notes.append(text % {"number": open_ones})
    if counts.average is not None and counts.evaluations >= FEWEST and counts.average < LOW:
        notes.append(_("Evaluated low"))
    return notes


def _private(event: EventPage) -> EventPrivate:
    return event.private if hasattr(event, "private") else EventPrivate(event=event)

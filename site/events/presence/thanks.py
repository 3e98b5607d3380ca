"""Who hears from us after an event, once: whoever was there, and whoever was noted absent.

From the morning after until attendance can no longer be noted. Then whoever nobody noted hears where the materials are,
and the event is done with.
"""

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from events import chores
from events.choices import RegistrationState as State
from events.models import EventState, Registration, Session
from events.presence import mails
from events.registration import terms

NO_LATER = datetime.timedelta(days=30)  # whoever switches the command on later, mails nobody about last year


def thank() -> int:
    """The mails of every event that is over; then close what has been thanked for completely."""
    sent = chores.for_each(_to_thank, _thank)
    chores.for_each(_finished, _close)
    return sent


def _over(wait: datetime.timedelta) -> QuerySet[EventState]:
    """Events that took place, of which the last session ended so long ago."""
    sessions, since = Session.objects.filter(event=OuterRef("event")), timezone.now() - wait
    running = sessions.filter(ends_at__gt=since)
    return EventState.objects.filter(Exists(sessions), ~Exists(running), cancelled_at=None, thanked_at=None)


def _to_thank() -> QuerySet[Registration]:
    waiting = Registration.objects.filter(thanked_at=None, anonymised_at=None).select_related("event")
    lately = _over(terms.hours("thanks")).exclude(pk__in=_over(NO_LATER).values("pk"))
    noted = Q(state__in=(State.PRESENT, State.ABSENT), event__in=lately.values("event"))
    closed = lately.filter(pk__in=_over(terms.days("attendance_after")).values("pk"))
    unknown = Q(state=State.REGISTERED, event__in=closed.values("event"))
    return waiting.filter(noted | unknown)


def _thank(row: Registration) -> None:
    """The mark and the mail are one transaction: an interrupted run goes on where it stopped."""
    row.thanked_at = timezone.now()
    row.save(update_fields=["thanked_at"])
    mails.afterwards(row)


def _finished() -> QuerySet[EventState]:
    """Nobody is left to mail."""
    return _over(terms.days("attendance_after")).exclude(event__in=_to_thank().values("event"))


def _close(state: EventState) -> None:
    state.thanked_at = timezone.now()
    state.save(update_fields=["thanked_at"])

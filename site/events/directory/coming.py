"""What takes place next, for pages that are about something else."""

import datetime
from bisect import bisect_right

from django.db.models import Min, Q
from django.utils import timezone

from core.generation import per_generation
from core.page_cache import fresh_for
from events.directory.cards import EventCard, cards
from events.models import EventPage, Session
from people.audiences import Reader, visible_to


def coming(reader: Reader, most: int) -> list[EventCard]:
    """The nearest events that still take place and that this reader may see. Two queries, besides the privacy's."""
    now = timezone.now()
    still = Q(running=None) | Q(running__cancelled_at=None)
    ahead = visible_to(EventPage.objects.filter(still), reader).filter(sessions__starts_at__gt=now)
    nearest = ahead.annotate(next=Min("sessions__starts_at")).order_by("next", "pk").select_related("running")
    return cards(list(nearest.prefetch_related("sessions")[:most]))


def phase() -> str:
    """Changes whenever the clock changes what is said of any event; an answer that asks for it is kept until then."""
    moments, now = _moments(), timezone.now()
    place = bisect_right(moments, now)
    if place == len(moments):
        return ""
    fresh_for((moments[place] - now).total_seconds())
    return moments[place].isoformat()


@per_generation
def _moments() -> list[datetime.datetime]:
    """Whatever is still to come of live events: sessions, and the days on which registration opens and closes."""
    window = ("event__registration_opens_at", "event__registration_closes_at")
    rows = Session.objects.filter(event__live=True, ends_at__gt=timezone.now()).order_by()
    return sorted({moment for row in rows.values_list("starts_at", "ends_at", *window) for moment in row if moment})

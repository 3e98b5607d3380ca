"""What somebody who registers now would get: said before she confirms, decided again under the lock."""

from django.utils.translation import gettext as _

from events.directory.standing import Stand, standing_of
from events.models import EventPage
from events.registration import seats
from people.models import Organisation

CLOSED = (Stand.CANCELLED, Stand.PAST, Stand.BEGUN, Stand.EARLY, Stand.CLOSED, Stand.FULL, Stand.GROUP)
"""Where there is no form to fill in."""


def why_no_seat(event: EventPage, organisation: Organisation | None) -> str:
    """Why she would come on the waiting list; empty where there is a place."""
    stand = standing_of(event).stand
    if stand in (Stand.WAITING_LIST, Stand.FULL):
        return _("All places are taken.")
    if seats.organisation_is_full(event, organisation):
        return _("Your organisation has all the places that one organisation can have.")
    return ""

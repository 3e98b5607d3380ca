"""When things are due. The settings are EVENT_TERMS; moments are aware."""

import datetime

from django.conf import settings
from django.utils import timezone

from events import programme
from events.models import EventPage


def setting(name: str) -> int:
    return int(settings.EVENT_TERMS[name])


def hours(name: str) -> datetime.timedelta:
    return datetime.timedelta(hours=setting(name))


def days(name: str) -> datetime.timedelta:
    return datetime.timedelta(days=setting(name))


def may_offer(event: EventPage) -> bool:
    """Seats go to the waiting list until shortly before the start, also when new registrations are closed already:
    who waits asked in time, and nobody can go before her any more."""
    start = programme.starts_at(event)
    return start is None or timezone.now() < start - hours("last_offer")


def hold_until(event: EventPage) -> datetime.datetime:
    """How long an offer made now stands: so that the next in line has a fair chance too, and never past the start."""
    now, start = timezone.now(), programme.starts_at(event)
    if start is None:
        return now + hours("offer")
    return now + min(hours("offer"), max((start - now) / 2, datetime.timedelta()))

"""Links with which invited outsiders register: made, followed and revoked at the desk."""

import datetime

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from events.choices import ACTIVE
from events.models import EventPage, GuestLink
from people.models import User


def links_of(event: EventPage) -> "QuerySet[GuestLink]":
    """With how many used each."""
    used = Count("registrations", filter=Q(registrations__state__in=ACTIVE))
    return event.guest_links.select_related("made_by").annotate(used=used)


def make(*, event: EventPage, label: str, places: int, until: datetime.date, by: User) -> GuestLink:
    """Works until the end of that day, in Brussels."""
    end = datetime.datetime.combine(until, datetime.time.max.replace(microsecond=0))
    expires_at = timezone.make_aware(end)
    return GuestLink.objects.create(event=event, label=label, places=places, expires_at=expires_at, made_by=by)


def revoke(link: GuestLink) -> bool:
    """Who registered with it stays registered. False where it was revoked already."""
    return bool(GuestLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now()))

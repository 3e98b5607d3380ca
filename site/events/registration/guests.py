"""Guest links: with one, invited outsiders register without an account."""

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from events.choices import ACTIVE
from events.models import EventPage, GuestLink
from events.registration.exceptions import NotAllowed


def find(token: str) -> GuestLink | None:
    """One that works now: neither revoked nor too old, and of an event that is published."""
    rows = GuestLink.objects.select_related("event").filter(token=token, revoked_at=None, event__live=True)
    return rows.filter(expires_at__gt=timezone.now()).first()


def places_left(link: GuestLink) -> int:
    used = GuestLink.objects.filter(pk=link.pk).aggregate(
        number=Count("registrations", filter=Q(registrations__state__in=ACTIVE))
    )["number"]
    return max(0, link.places - int(used))


def check(link: GuestLink, event: EventPage) -> None:
    """Raises NotAllowed. Only under the lock of the event, so that no two guests share a place."""
    now = find(link.token)
    if now is None or now.event_id != event.pk:
        raise NotAllowed(_("This link does not work, or not any more."))
    if not places_left(now):
        raise NotAllowed(_("Everybody for whom this link was meant has registered."))

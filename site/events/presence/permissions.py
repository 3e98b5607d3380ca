"""Who sees who is there: a stranger gets 404, a participant 403."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from events.choices import ACTIVE, COMING
from events.models import EventPage, Registration
from events.permissions import is_organiser
from events.registration.access import keys_of
from experts.models import ExpertAccount
from people.models import User
from people.permissions import signed_in


def leads(user: User, event: EventPage) -> bool:
    """Whether she acts for an expert who leads it."""
    experts = event.leaders.exclude(expert=None).values("expert")
    return user.is_active and event.live and ExpertAccount.objects.filter(user=user, expert__in=experts).exists()


def notes_attendance(user: User, event: EventPage) -> bool:
    return is_organiser(user) or leads(user, event)


def attendance_of(request: HttpRequest, pk: int) -> EventPage:
    """An event of which she notes who is there. Raises Http404, and PermissionDenied for who takes part."""
    user = signed_in(request)
    event = EventPage.objects.select_related("running").prefetch_related("sessions").filter(pk=pk).first()
    if event is None:
        raise Http404
    if notes_attendance(user, event):
        return event
    if Registration.objects.filter(event=event, user=user, state__in=ACTIVE).exists():
        raise PermissionDenied
    raise Http404


def fellow_participant(request: HttpRequest, pk: int) -> tuple[EventPage, Registration | None]:
    """An event in which she has a place, with her registration; None for an organiser. Raises Http404.

    Whoever has no account came by the link in her mail, as to her registration: guests, and colleagues known by name.
    """
    user = request.user if isinstance(request.user, User) else None
    event = EventPage.objects.filter(pk=pk).first()
    if event is None:
        raise Http404
    rows = Registration.objects.filter(event=event, state__in=COMING, anonymised_at=None)
    mine = rows.filter(user=user).first() if user is not None else None
    mine = mine or rows.filter(uid__in=keys_of(request), user=None).first()
    if mine is None and not (user is not None and notes_attendance(user, event)):
        raise Http404
    return event, mine

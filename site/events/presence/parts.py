"""What this part adds to other pages: the page of an event, that of a registration, and “My page”."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events import programme
from events.choices import COMING, RegistrationState
from events.models import EventPage, Registration
from events.permissions import is_organiser
from events.presence import certificates, links, services, windows
from events.presence.links import Purpose
from events.presence.permissions import notes_attendance
from events.registration import terms
from events.registration.access import has_key
from events.registration.sessions import of_registration
from experts.models import ExpertAccount
from people.models import User
from people.my_page import Asked
from people.permissions import signed_in

EVENT_PART = "events/presence/includes/event_part.html"
REGISTRATION_PART = "events/presence/includes/registration_part.html"
MY_PART = "events/presence/includes/my_section.html"


@dataclass(frozen=True)
class Afterwards:
    """What is there for one participant; an address is empty where there is nothing."""

    code: str
    code_url: str
    certificate_url: str
    evaluation_url: str
    participants_url: str

    def __bool__(self) -> bool:
        return any((self.code, self.certificate_url, self.evaluation_url, self.participants_url))


def of_registration_row(row: Registration) -> Afterwards:
    """Her code until the event is over, the list of participants, then the certificate and the questions."""
    coming = row.state in COMING
    expected = coming and not programme.is_past(row.event)
    takes_codes = expected and any(windows.takes_codes(session) for session in of_registration(row))
    certificate = certificates.certificate_of(row)
    may_answer = certificate is not None and not services.why_no_evaluation(row)
    sees_others = coming and row.on_list
    return Afterwards(
        code=row.attendance_code if expected else "",
        code_url=reverse("own_code", args=[row.event_id]) if takes_codes else "",
        certificate_url=links.path_for(Purpose.CERTIFICATE, row) if certificate else "",
        evaluation_url=links.path_for(Purpose.EVALUATION, row) if may_answer else "",
        participants_url=reverse("participants", args=[row.event_id]) if sees_others else "",
    )


def on_event(event: EventPage, request: HttpRequest) -> dict[str, Any] | None:
    """For who takes part or took part, and for who notes attendance. Visitors see nothing of it."""
    if not isinstance(request.user, User):
        return None
    user = request.user
    mine = Registration.objects.filter(event=event, user=user, state__in=COMING, anonymised_at=None).first()
    if mine is not None:
        mine.event = event
    notes = any(windows.is_open(session) for session in event.sessions.all()) and notes_attendance(user, event)
    found = of_registration_row(mine) if mine else None
    if not found and not notes:
        return None
    return {"mine": found, "attendance_url": reverse("attendance", args=[event.pk]) if notes else ""}


def on_registration(registration: Registration, request: HttpRequest) -> dict[str, Any] | None:
    """Whoever may open the page of a registration sees it: the code is shown at the door."""
    found = of_registration_row(registration)
    if request.user.pk != registration.user_id:  # others do not answer for her; a guest has no account
        found = replace(found, evaluation_url="")
    if request.user.pk != registration.user_id and not has_key(request, registration.uid):
        found = replace(found, participants_url="")
    return {"mine": found} if found else None


def my_section(request: HttpRequest) -> dict[str, Any] | None:
    """That there are certificates, and where."""
    user = signed_in(request)
    there = Registration.objects.filter(user=user, state=RegistrationState.PRESENT).exists()
    return {} if there or certificates.of_groups(user) else None


def asked_of_me(request: HttpRequest) -> list[Asked]:
    """To note who is there, today; and to say what she thought of what she attended."""
    user = signed_in(request)
    return [*_lists_of_today(user), *_questions(user)]


def _lists_of_today(user: User) -> list[Asked]:
    now = timezone.now()
    running = Q(sessions__starts_at__lte=now + terms.hours("attendance"), sessions__ends_at__gt=now)
    events = EventPage.objects.live().filter(running, running__cancelled_at=None)
    if not is_organiser(user):
        events = events.filter(leaders__expert__in=ExpertAccount.objects.filter(user=user).values("expert"))
    return [
        Asked(_("Note who is there: %(title)s") % {"title": event.title}, reverse("attendance", args=[event.pk]))
        for event in events.distinct().order_by("pk")
    ]


def _questions(user: User) -> list[Asked]:
    unanswered = Registration.objects.filter(user=user, state=RegistrationState.PRESENT, evaluated_at=None)
    now = timezone.now()
    return [
        Asked(_("Tell how it was: %(title)s") % {"title": row.event.title}, links.path_for(Purpose.EVALUATION, row))
        for row in certificates.in_full(unanswered.filter(anonymised_at=None).order_by("pk"))
        if (end := programme.ends_at(row.event)) is not None and now - terms.days("evaluation") < end <= now
    ]

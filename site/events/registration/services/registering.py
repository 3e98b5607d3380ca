"""Registering: a seat, or a place on the waiting list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from events import programme
from events.choices import ACTIVE, RegistrationState
from events.models import EventPage, EventState, GuestLink, Registration, Session
from events.models.registrations import attendance_code
from events.permissions import is_organiser
from events.registration import guests, mails, permissions, seats, words
from events.registration.answers import keep_answers
from events.registration.change import Running, record, running
from events.registration.exceptions import AlreadyRegistered, Closed, Full, NotAllowed, RegistrationError
from events.registration.services.offering import expire_offers
from events.registration.sessions import choose, chosen_from, others_free
from people.models import Organisation, User


@dataclass(frozen=True)
class Applicant:
    """Who is to take part. `user` where she has an account."""

    name: str
    email: str
    user: User | None = None
    organisation: Organisation | None = None
    role: str = ""


@dataclass(frozen=True)
class Given:
    """What was filled in besides who it is. `may_wait`: she saw that it is full, and asks for the waiting list."""

    answers: Mapping[Any, str]
    sessions: Iterable[Session]
    conditions: bool
    on_list: bool
    guest_link: GuestLink | None
    may_wait: bool


@transaction.atomic
def register(  # noqa: PLR0913
    *,
    event: EventPage,
    person: Applicant,
    by: User | None,
    answers: Mapping[Any, str] | None = None,
    sessions: Iterable[Session] = (),
    conditions: bool = False,
    on_list: bool = False,
    guest_link: GuestLink | None = None,
    may_wait: bool = True,
) -> Registration:
    """A seat where there is one, else the end of the waiting list; the mail that says which.

    `by` is who fills in the form: the participant, a colleague who may, an organiser (for whom no window and no role
    counts); None with a guest link. Raises RegistrationError.
    """
    expire_offers(event=event)
    held = running(event)
    given = Given(answers or {}, list(sessions), conditions, on_list, guest_link, may_wait)
    if held.state.announced == []:
        held.state.announced = seats.snapshot(held.event)
        EventState.objects.filter(pk=held.state.pk).update(announced=held.state.announced)
    _check(held, person, by, given)
    row = _add(held, person, by, given)
    mails.registered(row) if row.state == RegistrationState.REGISTERED else mails.waiting(row)
    return row


@transaction.atomic
def register_all(*, event: EventPage, people: Iterable[Applicant], by: User, **given: Any) -> list[Registration]:
    """Several colleagues in one go: all of them, or, where one cannot, none. `given` as for `register`."""
    running(event)
    return [register(event=event, person=person, by=by, **given) for person in people]


def _check(held: Running, person: Applicant, by: User | None, given: Given) -> None:
    organiser = by is not None and by != person.user and is_organiser(by)
    check_open(held, organiser=organiser)
    if given.guest_link is not None:
        guests.check(given.guest_link, held.event)
    elif not organiser:
        _check_person(held.event, person, by)
    check_not_there(held.event, person.email, person.user)
    if held.event.conditions and not given.conditions:
        raise RegistrationError(_("Agree with the conditions to register."))


def check_not_there(event: EventPage, email: str, user: User | None) -> None:
    """Raises AlreadyRegistered where this address, or this account, takes part or waits."""
    same = Q(email__iexact=email) | (Q(user=user) if user is not None else Q())
    if there := Registration.objects.filter(same, event=event, state__in=ACTIVE).first():
        raise AlreadyRegistered(_("%(name)s is registered for this event already.") % {"name": there.name}, there.uid)


def check_open(held: Running, *, organiser: bool = False) -> None:
    """Raises Closed outside the window of registration. An organiser registers people until the end."""
    event, now = held.event, timezone.now()
    if held.state.cancelled_at:
        raise Closed(_("This event is cancelled."))
    if not event.live:
        raise Closed(_("This event is not published."))
    if programme.is_of_a_group(event):
        raise Closed(_("This is a fixed group. Ask on its page to join."))
    opens, closes = programme.registration_opens(event), programme.registration_closes(event)
    if programme.is_past(event) or (programme.has_begun(event) and not organiser):
        raise Closed(_("This event has begun. You cannot register any more."))
    if organiser:
        return
    if opens and now < opens:
        raise Closed(_("Registration has not opened yet."))
    if closes and now >= closes:
        raise Closed(_("Registration is closed since %(moment)s.") % {"moment": words.moment(closes)})


def _check_person(event: EventPage, person: Applicant, by: User | None) -> None:
    """Audience, role and organisation, of who takes part and of who fills in the form."""
    if by is None:
        raise NotAllowed(_("Sign in to register."))
    if person.user and person.organisation and not permissions.is_member(person.user, person.organisation):
        reason = _("%(name)s is not a colleague of your organisation.") % {"name": person.name}
    elif person.user == by:
        reason = permissions.may_register(by, event)
    elif person.organisation not in permissions.may_register_colleagues(by):
        reason = _("You can only register colleagues of your own organisation.")
    else:
        reason = _why_no_colleague(event, person)
    if reason:
        raise NotAllowed(reason)


def _why_no_colleague(event: EventPage, person: Applicant) -> str:
    if person.user is None:
        return "" if permissions.accepts_names(event) else _("Only colleagues with an account can take part in this.")
    reason = permissions.may_register(person.user, event)
    return f"{person.name}: {reason}" if reason else ""


def _add(held: Running, person: Applicant, by: User | None, given: Given) -> Registration:
    sessions = chosen_from(held.event, given.sessions)
    seated = _is_seated(held, person, sessions, may_wait=given.may_wait)
    now = timezone.now()
    if seated:
        seats.take(held.state)
        seats.take_sessions(held.event, sessions)
    row = Registration.objects.create(
        event=held.event,
        user=person.user,
        name=person.name,
        email=person.email.lower(),
        organisation=person.organisation,
        role=person.role,
        registered_by=by if by != person.user else None,
        guest_link=given.guest_link,
        state=RegistrationState.REGISTERED if seated else RegistrationState.WAITING,
        at=now,
        queued_at=None if seated else now,
        conditions_accepted_at=now if given.conditions else None,
        on_list=given.on_list,
        attendance_code=free_code(held.event),
    )
    choose(row, sessions)
    keep_answers(row, given.answers)
    record(row, "register", by=by)
    return row


def _is_seated(held: Running, person: Applicant, sessions: list[Session], *, may_wait: bool) -> bool:
    """Whether there is a seat for her now; raises Full where there is none and she did not ask to wait."""
    event, why = held.event, ""
    if not seats.left(held.state):
        why = _("All places are taken.")
    elif seats.organisation_is_full(event, person.organisation):
        why = _("Your organisation has all the places that one organisation can have.")
    elif full := seats.full_sessions(event, sessions):
        why = _("There is no place left in “%(session)s”.") % {"session": words.name_of(full[0])}
        if others_free(event, full[0]):
            raise Full(f"{why} {_('Choose another one.')}")
    if why and not event.has_waiting_list:
        raise Full(why)
    if why and not may_wait:
        raise Full(f"{why} {_('You can go on the waiting list: confirm it below.')}", waiting=why)
    return not why


def free_code(event: EventPage) -> str:
    """Six digits that nobody of this event has. Only under its lock."""
    used = set(Registration.objects.filter(event=event).values_list("attendance_code", flat=True))
    while (code := attendance_code()) in used:
        pass
    return code

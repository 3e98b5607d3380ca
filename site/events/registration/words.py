"""Moments, sessions and states in words, as pages and mails say them."""

import datetime
from typing import Protocol

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events import programme
from events.choices import Attendance, RegistrationState
from events.models import Registration, RegistrationChange, Session


def moment(at: datetime.datetime) -> str:
    """“3 december 2026 om 14.00 uur”."""
    local = timezone.localtime(at)
    return _("%(day)s at %(time)s") % {"day": date_format(local, "j F Y"), "time": date_format(local, "G.i")}


class Placed(Protocol):
    """A session as it is, or as it was."""

    attendance: str
    venue: str
    address: str


def place(session: Placed) -> str:
    """Where it is, in one line; “online” where one takes part from afar."""
    where = ", ".join(part for part in (session.venue, session.address) if part)
    if session.attendance == Attendance.ONLINE:
        return str(Attendance.ONLINE.label)
    if session.attendance == Attendance.HYBRID:
        return _("%(place)s, or online") % {"place": where} if where else str(Attendance.HYBRID.label)
    return where


def session(found: Session) -> str:
    """Title, when and where, in one line of text."""
    parts = (found.title, programme.time_in_words(found.starts_at, found.ends_at), place(found))
    return " · ".join(part for part in parts if part)


def name_of(found: Session) -> str:
    """Its title; of one without, all that one knows it by."""
    return found.title or session(found)


ACTIONS = {
    "register": gettext_lazy("Registered"),
    "offer": gettext_lazy("A place came free and was offered"),
    "accept": gettext_lazy("Took the place that was offered"),
    "decline": gettext_lazy("Declined the place that was offered"),
    "expire": gettext_lazy("The offered place was not taken in time"),
    "withdraw": gettext_lazy("Cancelled"),
    "replace": gettext_lazy("Handed the place over to a colleague"),
    "take_over": gettext_lazy("Took the place over from a colleague"),
    "answers": gettext_lazy("Answers changed"),
    "sessions": gettext_lazy("Choice of sessions changed"),
    "cancel": gettext_lazy("Cancelled by the organiser"),
    "no_seat": gettext_lazy("No place came free"),
    "announce": gettext_lazy("Told what changed in the programme"),
}


def action(line: RegistrationChange) -> str:
    return str(ACTIONS.get(line.action, line.action))


NEXT = {
    RegistrationState.REGISTERED: gettext_lazy("You have a place. The programme stands below."),
    RegistrationState.WAITING: gettext_lazy(
        "You are on the waiting list. As soon as a place comes free for you, you get a mail with which you take it."
    ),
    RegistrationState.WITHDRAWN: gettext_lazy("You do not take part. You need not do anything."),
    RegistrationState.CANCELLED: gettext_lazy("The organiser cancelled this. You need not do anything."),
    RegistrationState.PRESENT: gettext_lazy("You were there."),
    RegistrationState.ABSENT: gettext_lazy("You were not there."),
}

NEXT_OF_OTHER = {
    RegistrationState.REGISTERED: gettext_lazy("%(name)s has a place. The programme stands below."),
    RegistrationState.WAITING: gettext_lazy(
        "%(name)s is on the waiting list, and gets a mail as soon as a place comes free."
    ),
    RegistrationState.WITHDRAWN: gettext_lazy("%(name)s does not take part."),
    RegistrationState.CANCELLED: gettext_lazy("The organiser cancelled this. You need not do anything."),
    RegistrationState.PRESENT: gettext_lazy("%(name)s was there."),
    RegistrationState.ABSENT: gettext_lazy("%(name)s was not there."),
}


def next_step(row: Registration, *, is_me: bool = True, instead: str = "") -> str:
    """What it means for her, or for who registered her, in a sentence. `instead`: who took the place over."""
    if instead and row.state == RegistrationState.WITHDRAWN:
        return _("%(name)s takes part instead. You need not do anything.") % {"name": instead}
    if row.state == RegistrationState.OFFERED and row.held_until is not None:
        held = {"name": row.name, "moment": moment(row.held_until)}
        if is_me:
            return _("A place is held for you until %(moment)s. Take it or decline it.") % held
        return _("A place is held for %(name)s until %(moment)s. Take it or decline it.") % held
    known = NEXT if is_me else NEXT_OF_OTHER
    return str(known[RegistrationState(row.state)]) % {"name": row.name}


def too_late(deadline: datetime.datetime) -> str:
    words = _("You could change this yourself until %(moment)s. Contact the organiser.")
    return words % {"moment": moment(deadline)}


def not_now(row: Registration) -> str:
    """Why a step of the page cannot be taken."""
    deadline = programme.cancel_deadline(row.event)
    if row.state == RegistrationState.REGISTERED and deadline is not None:
        return too_late(deadline)
    words = _("This is not possible any more: the registration is “%(state)s” now.")
    return words % {"state": row.get_state_display()}

"""What a participant changes about her registration until the deadline."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from events.choices import SEATED
from events.choices import RegistrationState as State
from events.models import Registration, Session
from events.registration import mails, seats
from events.registration.answers import keep_answers
from events.registration.change import check_state, record, save, sessions_chosen, under_lock
from events.registration.services.leaving import check_deadline
from events.registration.services.offering import fill
from events.registration.sessions import choose, chosen_from
from people.models import User

CHANGEABLE = (State.REGISTERED, State.WAITING, State.OFFERED)


@transaction.atomic
def change_answers(
    *,
    registration: Registration,
    answers: Mapping[Any, str],
    by: User | None,
    on_list: bool | None = None,
    seen: int | None = None,
) -> Registration:
    """To the questions of the organiser, by their uid; and whether the others see her name (None: as it was)."""
    held, row = under_lock(registration, seen)
    check_state(row, *CHANGEABLE)
    check_deadline(held.event, by)
    keep_answers(row, answers)
    if on_list is not None:
        row.on_list = on_list
    save(row, "on_list")
    record(row, "answers", by=by)
    return row


@transaction.atomic
def change_sessions(
    *, registration: Registration, sessions: Iterable[Session], by: User | None, seen: int | None = None
) -> Registration:
    """Another choice; raises Full where there is no place in it. What she leaves may be what somebody waits for."""
    held, row = under_lock(registration, seen)
    check_state(row, *CHANGEABLE)
    check_deadline(held.event, by)
    new, old = chosen_from(held.event, sessions), sessions_chosen(row)
    if {session.pk for session in new} == {session.pk for session in old}:
        return row
    if row.state in SEATED:
        seats.release_sessions(old)
        seats.take_sessions(held.event, new)
    choose(row, new)
    save(row)
    record(row, "sessions", by=by)
    if row.state == State.REGISTERED:
        mails.sessions_changed(row, gone=[session for session in old if session not in new])
    fill(held)
    return row


@transaction.atomic
def change(  # noqa: PLR0913
    *,
    registration: Registration,
    answers: Mapping[Any, str],
    sessions: Iterable[Session],
    by: User | None,
    on_list: bool | None = None,
    seen: int | None = None,
) -> Registration:
    """All that one form holds: both of the above, or neither."""
    change_answers(registration=registration, answers=answers, on_list=on_list, by=by, seen=seen)
    return change_sessions(registration=registration, sessions=sessions, by=by)

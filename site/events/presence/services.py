"""Every change about who was there and what she thought. Each locks the event, then looks again."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events import programme
from events.choices import COMING
from events.choices import RegistrationState as State
from events.models import EventEvaluation, EventPage, Registration, Session, SessionPresence
from events.presence import windows
from events.presence.evaluation import QUESTIONS
from events.registration.change import Running, check_state, record, running, save, under_lock
from events.registration.exceptions import Closed, Stale
from events.registration.sessions import of_registration
from people.models import User


@transaction.atomic
def note(*, registration: Registration, session: Session, present: bool, by: User | None) -> Registration:
    """Whether she is at a session; whoever says it last is right. `by` is None where she typed her own code.

    Raises Closed outside the window, Stale for whoever has no place (any more) or a session that went.
    """
    held, row = under_lock(registration)
    _note(held, row, _session_of(held, session), present=present, by=by)
    return row


@transaction.atomic
def note_code(*, event: EventPage, session: Session, code: str, by: User) -> Registration | None:
    """Mark her present who shows this code at the desk; None for a code that nobody with a place has."""
    row = _with_code(event, code)
    return note(registration=row, session=session, present=True, by=by) if row else None


@transaction.atomic
def note_own_code(*, event: EventPage, code: str) -> Session | None:
    """She typed her code herself: present at the session that runs, or begins within the hour. None: nothing noted."""
    running(event)
    row = _with_code(event, code)
    now = [session for session in of_registration(row) if windows.takes_codes(session)] if row else []
    if row is None or not now:
        return None
    note(registration=row, session=now[0], present=True, by=None)
    return now[0]


@transaction.atomic
def note_rest_absent(*, event: EventPage, session: Session, by: User) -> int:
    """Whoever was expected at a session that began and is not noted was absent; answers how many."""
    held = running(event)
    session = _session_of(held, session)
    if session.starts_at > timezone.now():
        raise Closed(_("This session has not begun yet: people can still come."))
    rows = Registration.objects.filter(event=event, state__in=COMING).exclude(presences__session=session)
    if session.choice:
        rows = rows.filter(chosen__session=session)
    missing = list(rows.order_by("pk"))
    for row in missing:
        row.event = held.event
        _note(held, row, session, present=False, by=by)
    return len(missing)


def _with_code(event: EventPage, code: str) -> Registration | None:
    rows = Registration.objects.filter(event=event, state__in=COMING, anonymised_at=None)
    return rows.filter(attendance_code=code).first()


def _session_of(held: Running, session: Session) -> Session:
    """As it is now, with its window open."""
    found = next((one for one in held.event.sessions.all() if one.pk == session.pk), None)
    if found is None:
        raise Stale(_("The programme changed. Look again, then note who is there."))
    if held.state.cancelled_at:
        raise Closed(_("This event is cancelled."))
    if not windows.is_open(found):
        raise Closed(_("Attendance of this session cannot be noted now."))
    return found


def _note(held: Running, row: Registration, session: Session, *, present: bool, by: User | None) -> None:
    check_state(row, *COMING)
    known = SessionPresence.objects.filter(registration=row, session=session).first()
    if known is not None and known.present == present:
        return
    noted = {"present": present, "noted_by": by, "at": timezone.now()}
    SessionPresence.objects.update_or_create(registration=row, session=session, defaults=noted)
    old, row.state = row.state, _state_of(row)
    save(row, "state")
    several = len(held.event.sessions.all()) > 1
    when = programme.time_in_words(session.starts_at, session.ends_at) if several else ""
    record(row, "present" if present else "absent", by=by, old=old, why=when)


def _state_of(row: Registration) -> State:
    """Present with one session attended; absent once she is noted absent at everything she would come to."""
    noted = dict(row.presences.values_list("session_id", "present"))
    if any(noted.values()):
        return State.PRESENT
    return State.ABSENT if all(session.pk in noted for session in of_registration(row)) else State.REGISTERED


def why_no_evaluation(row: Registration) -> str:
    """Why there are no questions for her, in a sentence; empty where there are."""
    if row.state != State.PRESENT or row.anonymised_at is not None:
        return _("These questions are for whoever was there.")
    if not programme.is_past(row.event):
        return _("The event is not over yet. Come back afterwards.")
    if row.evaluated_at is not None:
        return _("You answered these questions already. Thank you.")
    return ""


@transaction.atomic
def evaluate(*, registration: Registration, answers: Mapping[str, Any]) -> EventEvaluation:
    """Keep the answers without the person, once. No moment and no history: they would lead back to her."""
    _held, row = under_lock(registration)
    if reason := why_no_evaluation(row):
        raise Stale(reason)
    end = programme.ends_at(row.event) or timezone.now()
    row.evaluated_at = end
    row.save(update_fields=["evaluated_at"])
    fields = {name: answers[name] for name in (*QUESTIONS, "remarks")}
    return EventEvaluation.objects.create(event=row.event, on=timezone.localdate(end), **fields)

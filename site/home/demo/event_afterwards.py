"""What is left of a demo event that is over: who was there, and what nobody real thought of it."""

import datetime
from collections.abc import Sequence
from typing import Any

from events.choices import RegistrationState
from events.models import EventEvaluation, EventPage, EventState, Registration, Session, SessionPresence
from events.registration import seats

ANSWERS = ((4, 4, 5, 4, 5), (5, 4, 5, 5, 5), (3, 4, 4, 4, 4), (4, 5, 5, 3, 4), (5, 5, 4, 4, 5))
REMARK = "Demo: verzonnen antwoord. Graag nog meer tijd om te oefenen."


def look_back(page: EventPage, entry: dict[str, Any], later: datetime.timedelta) -> None:
    """Bring an event that was announced `later` than it was back to its day, with who was there as its entry says."""
    _bring_back(page, later)
    rows = list(Registration.objects.filter(event=page).order_by("pk"))
    _note(page, rows, entry["present"])
    for answers in ANSWERS[: entry["evaluations"]]:
        fields = dict(zip(("useful", "goals", "leaders", "organised", "recommend"), answers, strict=True))
        EventEvaluation.objects.create(event=page, remarks=REMARK if answers[0] == 3 else "", **fields)
    state = EventState.objects.get(event=page)
    state.announced = seats.snapshot(EventPage.objects.get(pk=page.pk))
    last = Session.objects.filter(event=page).latest("ends_at").ends_at
    state.reminded_at = state.link_sent_at = last - datetime.timedelta(days=2)
    state.thanked_at = last + datetime.timedelta(days=1)
    state.save()


def _bring_back(page: EventPage, later: datetime.timedelta) -> None:
    """The sessions, through a revision as an editor's; those who registered did so three weeks before."""
    draft = page.get_latest_revision_as_object()
    sessions = list(draft.sessions.all())
    for session in sessions:
        session.starts_at -= later
        session.ends_at -= later
    draft.sessions = sessions
    draft.save_revision(log_action=False).publish()
    first = Session.objects.filter(event=page).earliest("starts_at").starts_at
    rows = Registration.objects.filter(event=page)
    rows.update(at=first - datetime.timedelta(weeks=3))
    for row in rows:
        row.history.update(at=row.at)


def _note(page: EventPage, rows: Sequence[Registration], present: int) -> None:
    sessions = list(Session.objects.filter(event=page))
    for number, row in enumerate(rows):
        was_there = number < present
        row.state = RegistrationState.PRESENT if was_there else RegistrationState.ABSENT
        row.version += 1
        row.save(update_fields=["state", "version"])
        SessionPresence.objects.bulk_create(
            SessionPresence(registration=row, session=session, present=was_there, at=session.ends_at)
            for session in sessions
        )

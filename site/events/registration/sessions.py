"""Sessions that run side by side: a participant takes part in one of each group."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from events import programme
from events.models import ChosenSession, EventPage, Registration, Session
from events.registration import seats
from events.registration.exceptions import RegistrationError


def groups(event: EventPage) -> dict[str, list[Session]]:
    """The sessions that one chooses from, by the word that they share, in the order of time."""
    found: dict[str, list[Session]] = defaultdict(list)
    for session in programme.sessions_of(event):
        if session.choice:
            found[session.choice].append(session)
    return dict(found)


def of_registration(row: Registration) -> list[Session]:
    """What she takes part in: what is for everybody, and what she chose."""
    chosen = {choice.session_id for choice in row.chosen.all()}
    return [session for session in programme.sessions_of(row.event) if not session.choice or session.pk in chosen]


def chosen_from(event: EventPage, sessions: Iterable[Session]) -> list[Session]:
    """One of every group, in the order of the groups; raises RegistrationError."""
    picked = {session.pk for session in sessions}
    answer = []
    for name, offered in groups(event).items():
        hers = [session for session in offered if session.pk in picked]
        if len(hers) != 1:
            raise RegistrationError(_("Choose one session of “%(choice)s”.") % {"choice": name})
        answer += hers
    if len(answer) != len(picked):
        raise RegistrationError(_("The programme changed. Look again, then choose your sessions."))
    return answer


def others_free(event: EventPage, full: Session) -> bool:
    """Whether another session of the same group has a place."""
    others = [session for session in groups(event)[full.choice] if session.pk != full.pk]
    return len(seats.full_sessions(event, others)) < len(others)


def choose(row: Registration, sessions: Iterable[Session]) -> None:
    row.chosen.all().delete()
    ChosenSession.objects.bulk_create(ChosenSession(registration=row, session=session) for session in sessions)

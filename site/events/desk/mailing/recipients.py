"""Who gets a mail: by state and by session, each address once."""

from collections.abc import Iterable

from events.choices import RegistrationState
from events.models import EventPage, Registration

State = RegistrationState
MAILABLE = (State.REGISTERED, State.WAITING, State.OFFERED, State.PRESENT, State.ABSENT, State.CANCELLED)
"""Who cancelled herself is left alone."""


def recipients(event: EventPage, states: Iterable[str], sessions: Iterable[int] = ()) -> list[Registration]:
    """In the order of names. `sessions`, by pk: only who chose one of these; none: everybody."""
    rows = event.registrations.filter(state__in=[state for state in states if state in MAILABLE], anonymised_at=None)
    if picked := list(sessions):
        rows = rows.filter(chosen__session__in=picked).distinct()
    ranks = list(MAILABLE)
    best: dict[str, Registration] = {}
    for row in sorted(rows.exclude(email=""), key=lambda one: (ranks.index(State(one.state)), -one.pk)):
        best.setdefault(row.email.lower(), row)
    return sorted(best.values(), key=lambda one: (one.name.casefold(), one.pk))

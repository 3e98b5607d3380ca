"""Reads of somebody's registrations."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from events.choices import ACTIVE, COMING
from events.choices import RegistrationState as State
from events.models import Registration, Session
from events.registration import words
from events.registration.sessions import of_registration
from people.models import User

Rows: TypeAlias = "QuerySet[Any]"
"""Registrations with `starts` and `ends` of their event, which the model does not know."""


def of_user(user: User) -> Rows:
    """What she takes part in, whoever registered her."""
    return _with_dates(Registration.objects.filter(user=user))


def of_colleagues(user: User) -> Rows:
    """Whom she registered, and who still takes part or waits."""
    others = Registration.objects.filter(registered_by=user, state__in=ACTIVE).filter(~Q(user=user) | Q(user=None))
    return _with_dates(others).filter(_is_to_come())


def _with_dates(rows: Rows) -> Rows:
    found = (
        rows.filter(anonymised_at=None)
        .select_related("event", "organisation")
        .prefetch_related("event__sessions", "chosen")
    )
    return found.annotate(starts=Min("event__sessions__starts_at"), ends=Max("event__sessions__ends_at"))


def _is_to_come() -> Exists:
    return Exists(Session.objects.filter(event=OuterRef("event"), ends_at__gt=timezone.now()))


def upcoming(rows: Rows) -> Rows:
    return rows.filter(_is_to_come(), state__in=COMING).order_by("starts", "pk")


def waiting(rows: Rows) -> Rows:
    """On the waiting list, or with a place that is offered."""
    return rows.filter(_is_to_come(), state__in=(State.OFFERED, State.WAITING)).order_by("starts", "pk")


def past(rows: Rows) -> Rows:
    """What is over, and what she does not take part in any more."""
    return rows.exclude(_is_to_come() & Q(state__in=ACTIVE)).order_by("-starts", "-pk")


@dataclass(frozen=True)
class Entry:
    """A registration in a list."""

    row: Registration
    when: str
    state: str


def entries(rows: Any) -> list[Entry]:
    return [Entry(row, _when(row), row.get_state_display()) for row in rows]


def _when(row: Registration) -> str:
    """Her first session."""
    mine = of_registration(row)
    return words.session(mine[0]) if mine else ""

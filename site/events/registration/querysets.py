"""Reads of somebody's registrations."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from events.choices import ACTIVE, COMING
from events.choices import RegistrationState as State
from events.models import Registration, Session
from events.registration import words
from events.registration.sessions import of_registration
from people.models import User


def of_user(user: User) -> "QuerySet[Registration]":
    """What she takes part in, whoever registered her. The dates of the event are `starts` and `ends`."""
    return _with_dates(Registration.objects.filter(user=user))


def of_colleagues(user: User) -> "QuerySet[Registration]":
    """Whom she registered, and who still takes part or waits."""
    others = Registration.objects.filter(registered_by=user, state__in=ACTIVE).filter(~Q(user=user) | Q(user=None))
    return _with_dates(others).filter(_is_to_come())


def _with_dates(rows: "QuerySet[Registration]") -> "QuerySet[Registration]":
    found = rows.filter(anonymised_at=None).select_related("event", "organisation")
    return found.annotate(starts=Min("event__sessions__starts_at"), ends=Max("event__sessions__ends_at"))


def _is_to_come() -> Exists:
    return Exists(Session.objects.filter(event=OuterRef("event"), ends_at__gt=timezone.now()))


def upcoming(rows: "QuerySet[Registration]") -> "QuerySet[Registration]":
    return rows.filter(_is_to_come(), state__in=COMING).order_by("starts", "pk")


def waiting(rows: "QuerySet[Registration]") -> "QuerySet[Registration]":
    """On the waiting list, or with a place that is offered."""
    return rows.filter(_is_to_come(), state__in=(State.OFFERED, State.WAITING)).order_by("starts", "pk")


def past(rows: "QuerySet[Registration]") -> "QuerySet[Registration]":
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

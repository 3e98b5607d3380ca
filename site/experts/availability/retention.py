"""What an expert said about days that are over is of no use to anybody."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core import retention
from core.retention import Rule, cutoff
from experts.models import AvailabilityException, BusyTime

TERM = "availability"


def _passed() -> list[QuerySet[Any]]:
    limit = cutoff(TERM)
    return [
        BusyTime.objects.filter(ends_at__lt=limit),
        AvailabilityException.objects.filter(last__lt=limit.date()),
    ]


def _due() -> int:
    return sum(rows.count() for rows in _passed())


def _apply() -> int:
    return sum(rows.delete()[0] for rows in _passed())


def connect() -> None:
    retention.register(
        Rule(
            "availability",
            _("When an expert was busy or made an exception"),
            _("Deleted, counted from the day itself."),
            TERM,
            _due,
            _apply,
        )
    )

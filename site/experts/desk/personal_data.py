"""What the desk holds about people: who asked, who allowed, what experts answered to a question."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core import retention
from core.retention import Rule
from experts.models import Allowance, GroupQuestion
from people import personal_data
from people.models import User
from people.personal_data import Provider, Row

TERM = "group_questions"


def _questions(user: User) -> list[Row]:
    return [{"title": row.subject, "when": row.asked_at} for row in GroupQuestion.objects.filter(asked_by=user)]


def _allowances(user: User) -> list[Row]:
    return [{"title": row.reason, "when": row.at} for row in Allowance.objects.filter(by=user)]


def _old() -> "QuerySet[GroupQuestion]":
    return GroupQuestion.objects.filter(asked_at__lt=retention.cutoff(TERM))


def _delete_old() -> int:
    number = _old().count()
    _old().delete()
    return number


def connect() -> None:
    columns = {"title": _("What"), "when": _("When")}
    personal_data.register(
        Provider(
            "group_questions",
            _("Questions that you asked to several experts"),
            ("experts.GroupQuestion.asked_by",),
            columns,
            _questions,
        ),
        Provider(
            "allowances",
            _("Where you allowed more of the expert pool"),
            ("experts.Allowance.by",),
            columns,
            _allowances,
        ),
    )
    retention.register(
        Rule(
            "group_questions",
            _("Questions to several experts at once, with their answers"),
            _("Deleted"),
            TERM,
            lambda: _old().count(),
            _delete_old,
            order=45,
        )
    )

"""What is held about people after a delivery, and how long: figures stay, words go."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core import retention
from core.retention import Rule
from experts.models import DeliveryReport, Evaluation, SharedLesson
from people import personal_data
from people.models import User
from people.personal_data import Provider, Row

TERM = "evaluations"


def _evaluations(user: User) -> list[Row]:
    rows = Evaluation.objects.filter(by=user).select_related("booking")
    return [{"booking": row.booking.subject, "when": row.at, "text": row.remarks} for row in rows]


def _forget_evaluations(user: User) -> None:
    Evaluation.objects.filter(by=user).update(remarks="", by=None)


def _reports(user: User) -> list[Row]:
    rows = DeliveryReport.objects.filter(by=user).select_related("booking")
    return [{"booking": row.booking.subject, "when": row.at, "text": f"{row.done}\n{row.learnt}"} for row in rows]


def _forget_reports(user: User) -> None:
    """The report is the expert's, also when somebody else acts for her: the words stay until their term."""
    DeliveryReport.objects.filter(by=user).update(by=None)


def _old_evaluations() -> "QuerySet[Evaluation]":
    old = Evaluation.objects.filter(at__lt=retention.cutoff(TERM))
    return old.filter(~Q(remarks="") | Q(by__isnull=False))


def _old_reports() -> "QuerySet[DeliveryReport]":
    old = DeliveryReport.objects.filter(at__lt=retention.cutoff(TERM))
    return old.filter(~Q(done="") | ~Q(learnt="") | Q(by__isnull=False))


def _old_lessons() -> "QuerySet[SharedLesson]":
    """What was never shared; what was is the library's now, and the copy here has no use any more."""
    return SharedLesson.objects.filter(changed_at__lt=retention.cutoff(TERM))


def _forget_words() -> int:
    return (
        _old_evaluations().update(remarks="", by=None)
        + _old_reports().update(done="", learnt="", by=None)
        + _old_lessons().delete()[0]
    )


def connect() -> None:
    columns = {"booking": _("Booking"), "when": _("When"), "text": _("Text")}
    personal_data.register(
        Provider(
            "evaluations",
            _("Evaluations of experts that you filled in"),
            ("experts.Evaluation.by",),
            columns,
            _evaluations,
            _forget_evaluations,
        ),
        Provider(
            "delivery_reports",
            _("Reports that you wrote as an expert"),
            ("experts.DeliveryReport.by",),
            columns,
            _reports,
            _forget_reports,
        ),
    )
    retention.register(
        Rule(
            "evaluations",
            _("Remarks and reports after the visit of an expert"),
            _("The words are deleted, the figures stay"),
            TERM,
            lambda: _old_evaluations().count() + _old_reports().count() + _old_lessons().count(),
            _forget_words,
            order=44,
        )
    )

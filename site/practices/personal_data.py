"""What practices hold about people beside the steward: spreadsheets that were read and not imported yet."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core import retention
from core.retention import Rule
from people import personal_data
from people.models import User
from people.personal_data import Provider, Row
from practices.models import ImportUpload


def _uploads(user: User) -> list[Row]:
    return [{"title": row.name, "when": row.created_at} for row in ImportUpload.objects.filter(user=user)]


def _forget_uploads(user: User) -> None:
    ImportUpload.objects.filter(user=user).delete()


def _old() -> QuerySet[ImportUpload]:
    return ImportUpload.objects.filter(created_at__lt=retention.cutoff("uploads"))


def connect() -> None:
    personal_data.register(
        Provider(
            "practice_uploads",
            _("Spreadsheets of practices that wait"),
            ("practices.ImportUpload.user",),
            {"title": _("File"), "when": _("When")},
            _uploads,
            _forget_uploads,
        )
    )
    retention.register(
        Rule(
            "practice_uploads",
            _("Spreadsheets of practices that were read and not imported"),
            _("Deleted"),
            "uploads",
            lambda: _old().count(),
            lambda: _old().delete()[0],
            order=34,
        )
    )

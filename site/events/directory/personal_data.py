"""What the directory holds about people: who wants to hear of a next edition."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core import retention
from events.models import NextEditionWish
from people import personal_data
from people.models import User
from people.personal_data import Provider, Row

COLUMNS = {"event": _("Event"), "since": _("Since"), "told": _("Mailed on")}


def _wishes(user: User) -> "QuerySet[NextEditionWish]":
    """Also those that she made without signing in."""
    return NextEditionWish.objects.filter(Q(user=user) | Q(email__iexact=user.email))


def _rows(user: User) -> list[Row]:
    rows = _wishes(user).select_related("event")
    return [{"event": row.event.title, "since": row.at, "told": row.told_at} for row in rows]


def _forget(user: User) -> None:
    _wishes(user).delete()


def _old() -> "QuerySet[NextEditionWish]":
    return NextEditionWish.objects.filter(at__lt=retention.cutoff("event_wishes"))


def _done() -> "QuerySet[NextEditionWish]":
    """Told, or never confirmed."""
    before = retention.cutoff("event_wishes_done")
    return NextEditionWish.objects.filter(Q(told_at__lt=before) | Q(confirmed_at=None, at__lt=before))


def connect() -> None:
    personal_data.register(
        Provider(
            "next_editions",
            _("Events of whose next edition you want to hear"),
            ("events.NextEditionWish.user",),
            COLUMNS,
            _rows,
            _forget,
        )
    )
    retention.register(
        retention.of_rows("event_wishes", _("Who wants to hear of the next edition of an event"), _old, order=62),
        retention.of_rows(
            "event_wishes_done",
            _("The same, once we mailed about it, or where the address was never confirmed"),
            _done,
            order=63,
        ),
    )

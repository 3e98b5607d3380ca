"""What the desk holds about people: which mails an organiser sent, which guest links she made; and how long."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core import retention
from core.retention import of_rows
from events.models import EventMailing, GuestLink
from people import personal_data
from people.models import User
from people.personal_data import Provider, Row

TERM = "event_mailings"


def _mailings(user: User) -> list[Row]:
    rows = EventMailing.objects.filter(by=user).select_related("event")
    return [{"event": row.event.title, "title": row.subject, "when": row.created_at} for row in rows]


def _guest_links(user: User) -> list[Row]:
    rows = GuestLink.objects.filter(made_by=user).select_related("event")
    return [{"event": row.event.title, "title": row.label, "when": row.made_at} for row in rows]


def _old_mailings() -> "QuerySet[EventMailing]":
    """Also one that was never finished: nobody waits for it any more."""
    return EventMailing.objects.filter(created_at__lt=retention.cutoff(TERM))


def connect() -> None:
    columns = {"event": _("Event"), "title": _("What"), "when": _("When")}
    personal_data.register(
        Provider(
            "event_mailings",
            _("Mails that you sent to participants of events"),
            ("events.EventMailing.by",),
            columns,
            _mailings,
        ),
        Provider(
            "guest_links",
            _("Links for guests that you made"),
            ("events.GuestLink.made_by",),
            columns,
            _guest_links,
        ),
    )
    retention.register(
        of_rows(TERM, _("Mails of organisers to participants, with who got them"), _old_mailings, order=47)
    )

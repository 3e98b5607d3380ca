"""What is held about who was there, and how long. Presence stays as long as the registration that it is part of."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core import retention
from events.models import EventEvaluation, GroupCertificate, SessionPresence
from people import personal_data
from people.models import User
from people.personal_data import Provider, Row

TERM = "event_evaluations"


def _attended(user: User) -> list[Row]:
    rows = SessionPresence.objects.filter(registration__user=user).select_related("registration__event", "session")
    return [
        {"event": row.registration.event.title, "when": row.session.starts_at, "present": row.present, "noted": row.at}
        for row in rows.order_by("session__starts_at")
    ]


def _noted(user: User) -> list[Row]:
    rows = SessionPresence.objects.filter(noted_by=user).select_related("registration__event").order_by("at")
    return [{"event": row.registration.event.title, "noted": row.at} for row in rows]


def _forget_noted(user: User) -> None:
    SessionPresence.objects.filter(noted_by=user).update(noted_by=None)


def _of_groups(user: User) -> list[Row]:
    """Nothing to forget: with her membership they lose their name, and what was given out stays true for nobody."""
    rows = GroupCertificate.objects.filter(member__user=user)
    return [{"meetings": row.meetings, "code": row.code, "given": row.given_on} for row in rows]


def _old_remarks() -> "QuerySet[EventEvaluation]":
    return EventEvaluation.objects.filter(on__lt=retention.cutoff(TERM).date()).exclude(remarks="")


def connect() -> None:
    event, noted = {"event": _("Event")}, {"noted": _("Noted on")}
    personal_data.register(
        Provider(
            "attendance",
            _("Whether you were there"),
            (),
            {**event, "when": _("When"), "present": _("Present"), **noted},
            _attended,
        ),
        Provider(
            "attendance_noted",
            _("Attendance that you noted"),
            ("events.SessionPresence.noted_by",),
            {**event, **noted},
            _noted,
            _forget_noted,
        ),
        Provider(
            "group_certificates",
            _("Certificates of intervision"),
            (),
            {"meetings": _("Meetings"), "code": _("Code"), "given": _("Given on")},
            _of_groups,
        ),
    )
    retention.register(
        retention.of_rows(
            TERM,
            _("Remarks of participants after an event, without a name"),
            _old_remarks,
            after=_("The words are deleted, the figures stay"),
            apply=lambda: _old_remarks().update(remarks=""),
            order=45,
        )
    )

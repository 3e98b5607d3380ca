"""What bookings hold about people, and for how long. What a booking took and where it stood stays: the figures do."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import retention
from core.retention import Rule
from experts.booking.words import event
from experts.choices import OVER, BookingState
from experts.models import Booking, BookingEvent, BookingExpert
from people import personal_data
from people.models import User
from people.personal_data import Provider, Row

NO_TEXT = {
    "question": "",
    "for_whom": "",
    "urgency_reason": "",
    "address": "",
    "online_link": "",
    "contact_name": "",
    "contact_email": "",
    "contact_phone": "",
}


def _bookings(user: User) -> list[Row]:
    found = Booking.objects.filter(Q(requested_by=user) | Q(approved_by=user)).select_related("organisation")
    return [
        {
            "subject": row.subject,
            "organisation": str(row.organisation),
            "question": row.question if row.requested_by_id == user.pk else "",
            "state": row.get_state_display(),
            "asked": row.created_at,
            "approved": row.approved_by_id == user.pk,
            "contact": ", ".join(filter(None, (row.contact_name, row.contact_email, row.contact_phone)))
            if row.requested_by_id == user.pk
            else "",
        }
        for row in found
    ]


def _forget_bookings(user: User) -> None:
    """The request stays her municipality's; how to reach her goes."""
    hers = Booking.objects.filter(Q(requested_by=user) | Q(contact_email__iexact=user.email))
    hers.update(contact_name="", contact_email="", contact_phone="")


def _history(user: User) -> list[Row]:
    found = BookingEvent.objects.filter(by=user).select_related("booking")
    return [{"when": row.at, "what": event(row), "subject": row.booking.subject, "why": row.why} for row in found]


def _ended() -> QuerySet[Booking]:
    return Booking.objects.filter(state__in=OVER, closed_at__lt=retention.cutoff("bookings"), anonymised_at=None)


def _anonymise() -> int:
    pks = list(_ended().values_list("pk", flat=True))
    BookingEvent.objects.filter(booking__in=pks).update(why="", by=None)
    BookingExpert.objects.filter(booking__in=pks).update(note="")
    return Booking.objects.filter(pk__in=pks).update(
        **NO_TEXT,
        subject=gettext("Anonymised request"),
        requested_by=None,
        approved_by=None,
        anonymised_at=timezone.now(),
    )


def _left_drafts() -> QuerySet[Booking]:
    touched = BookingEvent.objects.filter(booking=OuterRef("pk"), at__gte=retention.cutoff("booking_drafts"))
    return Booking.objects.filter(~Exists(touched), state=BookingState.DRAFT)


def _delete_drafts() -> int:
    count = _left_drafts().count()
    _left_drafts().delete()
    return count


def connect() -> None:
    personal_data.register(
        Provider(
            "bookings",
            _("Requests for an expert"),
            ("experts.Booking.requested_by", "experts.Booking.approved_by"),
            {
                "subject": _("Subject"),
                "organisation": _("Organisation"),
                "question": _("Question"),
                "state": _("State"),
                "asked": _("Asked on"),
                "approved": _("Approved by you"),
                "contact": _("Contact"),
            },
            _bookings,
            _forget_bookings,
        ),
        Provider(
            "booking_history",
            _("What you did with requests for an expert"),
            ("experts.BookingEvent.by",),
            {"when": _("When"), "what": _("What"), "subject": _("Subject"), "why": _("Reason")},
            _history,
        ),
    )
    retention.register(
        Rule(
            "bookings",
            _("Texts and contacts of requests for an expert that are closed"),
            _("Made anonymous: figures stay, without names or texts"),
            "bookings",
            lambda: _ended().count(),
            _anonymise,
            order=60,
        ),
        Rule(
            "booking_drafts",
            _("Drafts of requests for an expert that nobody goes on with"),
            _("Deleted"),
            "booking_drafts",
            lambda: _left_drafts().count(),
            _delete_drafts,
            order=61,
        ),
    )

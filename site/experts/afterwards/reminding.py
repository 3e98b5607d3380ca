"""Asking to look back: once, and twice again. Then it stops."""

import datetime
import logging

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from experts.afterwards import mails
from experts.choices import DONE, Answer, BookingState
from experts.models import AskedAfterwards, Booking, BookingExpert, DeliveryReport, ExpertPage

logger = logging.getLogger(__name__)
MOST = 3  # the question and two reminders
PAUSE = datetime.timedelta(days=7)


def ask() -> int:
    """Mail whoever still has to look back and was not asked this week; answers how many mails it were."""
    return ask_for_reports() + remind_of_evaluations()


def ask_for_reports() -> int:
    reported = DeliveryReport.objects.filter(booking=OuterRef("booking"), expert=OuterRef("expert"))
    rows = BookingExpert.objects.filter(
        ~Exists(reported), answer=Answer.ACCEPTED, booking__state__in=DONE, booking__anonymised_at=None
    )
    return sum(_try(row.booking, row.expert) for row in rows.select_related("booking__organisation", "expert"))


def remind_of_evaluations() -> int:
    """The first question is the mail that told of the delivery: the row that is made for it sends nothing."""
    waiting = Booking.objects.filter(state=BookingState.DELIVERED).select_related("organisation", "requested_by")
    return sum(_try(booking, None) for booking in waiting)


def _try(booking: Booking, expert: ExpertPage | None) -> bool:
    try:
        return _ask(booking, expert)
    except Exception:  # whatever is wrong with one booking, the others are asked
        logger.exception("Booking %s could not be asked about.", booking.pk)
        return False


@transaction.atomic
def _ask(booking: Booking, expert: ExpertPage | None) -> bool:
    """Counts first: two runs at once mail once."""
    now = timezone.now()
    row, is_new = AskedAfterwards.objects.get_or_create(
        booking=booking, expert=expert, defaults={"times": 1, "last_at": now}
    )
    if not is_new:
        due = AskedAfterwards.objects.filter(pk=row.pk, times__lt=MOST, last_at__lte=now - PAUSE)
        if not due.update(times=F("times") + 1, last_at=now):
            return False
    if expert is not None:
        mails.report_asked(booking, expert, again=not is_new)
        return True
    if not is_new:
        mails.evaluation_asked(booking)
    return not is_new

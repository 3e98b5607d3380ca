"""What the parties tell after a delivery: the evaluation by the municipality and the report of an expert."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from experts.afterwards import mails
from experts.afterwards.lessons import write_lesson
from experts.booking import services as bookings
from experts.booking.exceptions import BookingError, NotAllowed
from experts.booking.permissions import acts_for, is_desk
from experts.choices import DONE, Answer, Party
from experts.models import Booking, DeliveryReport, Evaluation, ExpertPage
from people.models import User

QUESTIONS = ("answered", "usable", "expertise", "organised", "again")


@transaction.atomic
def evaluate(
    *,
    booking: Booking,
    by: User | None,
    answers: Mapping[str, Any],
    seen: int | None = None,
    by_link: bool = False,
) -> Evaluation:
    """Keep the answers of the municipality; VVSG may note them for one that answers by telephone."""
    bookings.evaluate(booking=booking, by=by, seen=seen, by_link=by_link)
    fields = {name: answers[name] for name in (*QUESTIONS, "remarks")}
    return Evaluation.objects.create(booking=booking, by=by, **fields)


def owed_reports(booking: Booking) -> list[ExpertPage]:
    """The experts who delivered and did not report yet."""
    delivered = booking.asked.filter(answer=Answer.ACCEPTED).select_related("expert")
    reported = set(booking.reports.values_list("expert_id", flat=True))
    return [row.expert for row in delivered if row.expert_id not in reported]


@transaction.atomic
def report(*, booking: Booking, expert: ExpertPage, by: User, told: Mapping[str, Any]) -> DeliveryReport:
    """Keep the expert's report, from which the certificate follows. What others can learn is offered for sharing."""
    booking = Booking.objects.select_for_update().get(pk=booking.pk)
    if not (expert.pk in acts_for(by) or is_desk(by)):
        raise NotAllowed(_("You may not do this."))
    if booking.state not in DONE:
        raise BookingError(_("This booking has not been delivered yet."))
    if expert not in owed_reports(booking):
        raise BookingError(_("The report of this expert is here already."))
    fields = {name: told[name] for name in ("done", "reached", "learnt")}
    made = DeliveryReport.objects.create(booking=booking, expert=expert, by=by, at=timezone.now(), **fields)
    if told["learnt"] and told.get("may_share") and not hasattr(booking, "lesson"):
        write_lesson(booking=booking, party=Party.EXPERT, told={"text": told["learnt"]})
    mails.certificate_ready(made)
    return made

"""What stands on the page of a booking once it is delivered."""

from typing import Any

from experts.afterwards import services
from experts.booking.permissions import acts_for, is_desk
from experts.choices import DONE, BookingState, Party
from experts.models import Booking, DeliveryReport, Evaluation, ExpertPage, SharedLesson
from people.models import User

TEMPLATE = "experts/afterwards/part.html"


def afterwards(booking: Booking, user: User, party: Party) -> dict[str, Any] | None:
    """None as long as nothing is delivered."""
    if booking.state not in DONE:
        return None
    reports: list[DeliveryReport] = list(booking.reports.select_related("expert"))
    mine: set[int] = acts_for(user)
    owed: list[ExpertPage] = services.owed_reports(booking)
    return {
        "evaluation": Evaluation.objects.filter(booking=booking).first(),
        "may_evaluate": party in (Party.MUNICIPALITY, Party.VVSG) and booking.state == BookingState.DELIVERED,
        "reports": reports,
        "owes_report": any(expert.pk in mine for expert in owed) or (is_desk(user) and bool(owed)),
        "reads_reports": party in (Party.EXPERT, Party.VVSG),
        "lesson": SharedLesson.objects.filter(booking=booking).first(),
    }

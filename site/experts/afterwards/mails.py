"""The mails after a delivery; templates stand in `experts/afterwards/email/`."""

from collections.abc import Iterable
from typing import Any

from core.mail.services import absolute_url, post
from experts.booking import people
from experts.booking.links import evaluation_url
from experts.booking.people import Recipient
from experts.choices import Answer, Party
from experts.models import Booking, DeliveryReport, ExpertPage, SharedLesson


def _post(template: str, booking: Booking, to: Iterable[Recipient], view: str, *args: Any, **context: Any) -> None:
    for person in to:
        words = {"booking": booking, "name": person.name, "url": absolute_url(view, *args), **context}
        post(template=f"experts/afterwards/email/{template}", to=person.email, context=words)


def report_asked(booking: Booking, expert: ExpertPage, *, again: bool) -> None:
    _post("report_asked", booking, people.expert(expert), "booking_report", booking.uid, again=again)


def evaluation_asked(booking: Booking) -> None:
    """Again, after the mail that told of the delivery."""
    for person in people.municipality(booking):
        _post("evaluation_asked", booking, [person], "booking", booking.uid, url=evaluation_url(booking, person))


def certificate_ready(report: DeliveryReport) -> None:
    booking = report.booking
    to = [*people.municipality(booking), *people.expert(report.expert)]
    _post("certificate_ready", booking, to, "certificate_file", report.certificate_code, expert=report.expert)


def consent_asked(lesson: SharedLesson, writer: Party) -> None:
    """To the other party: whoever wrote has agreed."""
    booking = lesson.booking
    if writer == Party.EXPERT:
        to = people.municipality(booking)
    else:
        asked = booking.asked.filter(answer=Answer.ACCEPTED).select_related("expert")
        to = [person for row in asked for person in people.expert(row.expert)]
    _post("consent_asked", booking, to, "booking_lesson", booking.uid, text=lesson.text)

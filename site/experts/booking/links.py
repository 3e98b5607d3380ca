"""Links in a mail with which somebody answers without signing in: signed, for one answer to one request, and they end.

A link says who was mailed, for which request and which answer. Opening it changes nothing: mail scanners open links.
"""

from dataclasses import dataclass

from django.core import signing

from core.mail.services import absolute_url
from experts.booking import terms
from experts.booking.people import Recipient, municipality
from experts.choices import Answer, BookingState
from experts.models import Booking, BookingExpert, BookingOption, ExpertAccount
from people.models import User

SALT = "experts.booking.answer"
EVALUATION_SALT = "experts.booking.evaluation"
DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Link:
    """What a link stands for. `option` is None to refuse. `still_asked`: nobody answered or changed it since."""

    asked: BookingExpert
    option: BookingOption | None
    user: User | None
    still_asked: bool


def answer_url(asked: BookingExpert, option: BookingOption | None, user: User | None) -> str:
    """An address for in a mail to somebody who acts for the expert."""
    stamp = asked.asked_at.timestamp() if asked.asked_at else 0
    content = [asked.pk, option.pk if option else 0, user.pk if user else 0, stamp]
    return absolute_url("booking_answer", signing.dumps(content, salt=SALT, compress=True))


def read(token: str) -> Link | None:
    """None for a link that was never ours, is too old, or is of somebody who no longer acts for the expert."""
    try:
        asked_pk, option_pk, user_pk, stamp = signing.loads(token, salt=SALT, max_age=terms.setting("link") * DAY)
    except (signing.BadSignature, ValueError):
        return None
    asked = BookingExpert.objects.select_related("booking__organisation", "expert").filter(pk=asked_pk).first()
    if asked is None:
        return None
    user = User.objects.filter(pk=user_pk, is_active=True).first() if user_pk else None
    if user_pk and (user is None or not ExpertAccount.objects.filter(user=user, expert=asked.expert).exists()):
        return None
    option = asked.booking.options.filter(pk=option_pk).first() if option_pk else None
    still = (
        asked.answer == Answer.WAITING
        and asked.booking.state == BookingState.PROPOSED
        and (asked.asked_at.timestamp() if asked.asked_at else 0) == stamp
        and (option is not None or not option_pk)
    )
    return Link(asked, option, user, still)


def evaluation_url(booking: Booking, person: Recipient) -> str:
    """An address for in a mail to somebody of the municipality, who may have no account."""
    return absolute_url(
        "booking_evaluation_link", signing.dumps([booking.pk, person.email], salt=EVALUATION_SALT, compress=True)
    )


def read_evaluation(token: str) -> tuple[Booking, User | None] | None:
    """The booking, and who evaluates. None as in `read`: for who is no longer the one to ask in the municipality."""
    try:
        pk, email = signing.loads(token, salt=EVALUATION_SALT, max_age=terms.setting("link") * DAY)
    except (signing.BadSignature, ValueError):
        return None
    booking = Booking.objects.select_related("organisation", "requested_by").filter(pk=pk).first()
    asked = municipality(booking) if booking is not None else []
    person = next((person for person in asked if person.email == email), None)
    return (booking, person.user) if booking is not None and person is not None else None

"""Links in mails, for who has no account: signed, each for one purpose, and they end. Opening one changes nothing."""

import uuid

from django.core import signing
from django.utils import timezone

from core.mail.services import absolute_url
from events import programme
from events.choices import RegistrationState
from events.models import Registration
from events.registration import terms

PAGE, OFFER = "events.registration.page", "events.registration.offer"


def page_url(row: Registration) -> str:
    """To the page of a registration: with a key for who has no account, else she signs in."""
    if row.user_id is not None:
        return absolute_url("registration", row.uid)
    return absolute_url("registration_link", signing.dumps([str(row.uid), row.email], salt=PAGE, compress=True))


def of_page(token: str) -> Registration | None:
    """None for a link that was never ours, or of an event that is long past."""
    row = _row(token, PAGE)
    if row is None:
        return None
    end = programme.ends_at(row.event)
    return row if end is None or timezone.now() < end + terms.days("page") else None


def offer_url(row: Registration) -> str:
    """To the page on which she takes or declines the seat that is held for her now."""
    return absolute_url("seat_offer", signing.dumps([str(row.uid), row.email, _stamp(row)], salt=OFFER, compress=True))


def of_offer(token: str) -> tuple[Registration, bool] | None:
    """The registration, and whether this very offer still stands; None for a link that was never ours."""
    row = _row(token, OFFER)
    if row is None:
        return None
    stands = row.state == RegistrationState.OFFERED and _read(token, OFFER)[2:] == [_stamp(row)]
    return row, stands and row.held_until is not None and row.held_until > timezone.now()


def _stamp(row: Registration) -> int:
    return int(row.held_until.timestamp()) if row.held_until else 0


def _read(token: str, salt: str) -> list[object]:
    try:
        content = signing.loads(token, salt=salt)
    except (signing.BadSignature, ValueError):
        return []
    return content if isinstance(content, list) else []


def _row(token: str, salt: str) -> Registration | None:
    """The address is part of the link: it is of the person it was mailed to."""
    content = _read(token, salt)
    if len(content) < 2:
        return None
    rows = Registration.objects.select_related("event", "organisation", "user")
    return rows.filter(uid=uuid.UUID(str(content[0])), email=content[1], anonymised_at=None).first()

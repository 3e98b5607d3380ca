"""A mail that an organiser wrote: who gets it is fixed when it is sent, and `events.mailings` sends it."""

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from core.mail.services import post
from events import mailings
from events.choices import MailingKind
from events.desk.mailing.recipients import recipients
from events.desk.mailing.words import filled
from events.models import EventMailing, EventPage, EventPrivate, Registration, Session
from events.registration.exceptions import RegistrationError
from people.models import User


@transaction.atomic
def begin(  # noqa: PLR0913
    *,
    event: EventPage,
    uid: uuid.UUID,
    subject: str,
    text: str,
    states: Iterable[str],
    sessions: Iterable[Session] = (),
    by: User,
) -> EventMailing:
    """Fix who gets it, and start after commit. The same `uid` again answers the mailing that is there already.

    Raises RegistrationError where there is nobody to mail.
    """
    picked, states = list(sessions), list(states)
    wanted = {"subject": subject, "text": text, "states": states, "by": by}
    wanted["sessions"] = [one.title for one in picked]
    mailing, made = EventMailing.objects.get_or_create(uid=uid, defaults={"event": event, **wanted})
    if not made:
        return mailing
    rows = recipients(event, states, [one.pk for one in picked])
    if not rows:
        raise RegistrationError(_("There is nobody to mail."))
    mailings.start(mailing, rows)
    return mailing


def as_read(registration: Registration, subject: str, text: str) -> dict[str, str]:
    """Subject and text, as this person gets them."""
    return {"subject": filled(subject, registration), "text": filled(text, registration)}


def post_to(registration: Registration, subject: str, text: str) -> None:
    private: EventPrivate | None = getattr(registration.event, "private", None)
    contact = private.contact_email if private else ""
    context = {"event": registration.event, "contact": contact, **as_read(registration, subject, text)}
    post(template="events/desk/email/mailing", to=registration.email, context=context)


def connect() -> None:
    mailings.register(MailingKind.WRITTEN, lambda mailing, row: post_to(row, mailing.subject, mailing.text))

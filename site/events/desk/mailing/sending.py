"""Sending a mailing. Its recipients are fixed first; then each gets hers in a transaction of her own.

That transaction writes `sent_at`, only where it was empty, together with the mail. So a process that dies anywhere
leaves nothing half done: whoever takes the mailing up again goes on with who has none yet. Two that take it up at once
share the rest: the second to come to a row finds it written.
"""

import uuid
from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.mail.services import post
from events import chores
from events.desk.mailing.recipients import recipients
from events.desk.mailing.words import filled
from events.models import EventMailing, EventPage, EventPrivate, MailingRecipient, Registration, Session
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
    MailingRecipient.objects.bulk_create(MailingRecipient(mailing=mailing, registration=row) for row in rows)
    from events.desk.mailing.tasks import send_mailing

    transaction.on_commit(partial(send_mailing.enqueue, mailing.pk), robust=True)
    return mailing


def go_on(mailing: EventMailing) -> int:
    """Send to whoever has none yet; answers how many. Any number of processes may do this at once."""
    waiting = MailingRecipient.objects.filter(mailing=mailing, sent_at=None).order_by("pk")
    sent = chores.one_by_one(waiting.values_list("pk", flat=True), send_one)
    if not MailingRecipient.objects.filter(mailing=mailing, sent_at=None).exists():
        EventMailing.objects.filter(pk=mailing.pk, finished_at=None).update(finished_at=timezone.now())
    return sent


@transaction.atomic
def send_one(pk: int) -> bool:
    """One mail, if it was not sent yet. Who was made anonymous in between gets none."""
    if not MailingRecipient.objects.filter(pk=pk, sent_at=None).update(sent_at=timezone.now()):
        return False
    row = MailingRecipient.objects.select_related("mailing__event__private", "registration__organisation").get(pk=pk)
    registration = row.registration
    registration.event = row.mailing.event
    if registration.anonymised_at is not None or not registration.email:
        row.delete()
        return False
    post_to(registration, row.mailing.subject, row.mailing.text)
    return True


def as_read(registration: Registration, subject: str, text: str) -> dict[str, str]:
    """Subject and text, as this person gets them."""
    return {"subject": filled(subject, registration), "text": filled(text, registration)}


def post_to(registration: Registration, subject: str, text: str) -> None:
    private: EventPrivate | None = getattr(registration.event, "private", None)
    contact = private.contact_email if private else ""
    context = {"event": registration.event, "contact": contact, **as_read(registration, subject, text)}
    post(template="events/desk/email/mailing", to=registration.email, context=context)


def send_mailings() -> int:
    """What was interrupted; a chore of `manage.py events`."""
    open_ones = EventMailing.objects.filter(finished_at=None).order_by("pk")
    return sum(go_on(mailing) for mailing in open_ones)

"""Mail to many of one event. Who gets it is fixed first; then each gets hers in a transaction of her own.

    mailings.register(MailingKind.CHANGED, send_changed)

That transaction writes `sent_at`, only where it was empty, together with the mail. So a process that dies anywhere
leaves nothing half done: whoever takes the mailing up again goes on with who has none yet. Two that take it up at once
share the rest: the second to come to a row finds it written. The event is locked first, as in every change of a
registration: a mail may carry an invitation, which is one more version of it.

A sender gets the mailing and a registration, and puts the mail in the outbox; it answers False where there is nothing
to tell her any more.
"""

from collections.abc import Callable, Iterable
from functools import partial

from django.db import transaction
from django.utils import timezone

from events import chores
from events.choices import MailingKind
from events.models import EventMailing, EventState, MailingRecipient, Registration

Sender = Callable[[EventMailing, Registration], object]
_senders: dict[str, Sender] = {}


def register(kind: MailingKind, sender: Sender) -> None:
    _senders[kind] = sender


def start(mailing: EventMailing, rows: Iterable[Registration]) -> None:
    """Fix who gets it, and begin after commit."""
    from events.tasks import send_mailing

    MailingRecipient.objects.bulk_create(MailingRecipient(mailing=mailing, registration=row) for row in rows)
    transaction.on_commit(partial(send_mailing.enqueue, mailing.pk), robust=True)


def go_on(mailing: EventMailing) -> int:
    """Send to whoever has none yet; answers how many. Any number of processes may do this at once."""
    waiting = MailingRecipient.objects.filter(mailing=mailing, sent_at=None).order_by("pk")
    sent = chores.one_by_one(waiting.values_list("pk", flat=True), partial(send_one, mailing))
    if not MailingRecipient.objects.filter(mailing=mailing, sent_at=None).exists():
        EventMailing.objects.filter(pk=mailing.pk, finished_at=None).update(finished_at=timezone.now())
    return sent


@transaction.atomic
def send_one(mailing: EventMailing, pk: int) -> bool:
    """One mail, if it was not sent yet. Who was made anonymous in between gets none."""
    EventState.objects.select_for_update().filter(event=mailing.event_id).first()
    if not MailingRecipient.objects.filter(pk=pk, sent_at=None).update(sent_at=timezone.now()):
        return False
    rows = MailingRecipient.objects.select_related("registration__organisation", "registration__registered_by")
    rows = rows.select_related("mailing__event__private")
    row = rows.prefetch_related("mailing__event__sessions", "registration__chosen__session").get(pk=pk)
    registration = row.registration
    registration.event = row.mailing.event
    if registration.anonymised_at is not None or not registration.email:
        told: object = False
    else:
        told = _senders[row.mailing.kind](row.mailing, registration)
    if told is False:
        row.delete()
    return told is not False


def send_mailings() -> int:
    """What was interrupted; a chore of `manage.py events`."""
    open_ones = EventMailing.objects.filter(finished_at=None).order_by("pk")
    return sum(go_on(mailing) for mailing in open_ones)

"""Telling everybody of an event that it changed, or that it does not take place: quickly decided, mailed one by one.

What is told is looked up when a mail is made. So who has not heard of a change yet when the event changes again, hears
once how it is now; and nothing, where it is as she knew it.
"""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from events import mailings
from events.choices import ACTIVE, COMING, MailingKind
from events.choices import RegistrationState as State
from events.models import EventMailing, EventPage, MailingRecipient, Registration
from events.registration import announcing, mails
from events.registration.change import for_mail, record
from people.models import User


def begin_changed(event: EventPage, changes: announcing.Changes, before: list[dict[str, Any]], by: User | None) -> int:
    """To whom the changes are hers; answers how many. Only under the lock of the event."""
    rows = [row for row in for_mail(event, *ACTIVE) if not changes.of(row).nothing]
    waiting = set(_waiting(event).values_list("registration", flat=True))
    new = [row for row in rows if row.pk not in waiting]
    _begin(event, new, MailingKind.CHANGED, by, subject=_("What changed"), text="\n".join(changes.lines), before=before)
    return len(rows)


def begin_cancelled(event: EventPage, rows: Sequence[Registration], why: str, by: User | None) -> None:
    """Who was still to hear of a change hears this instead. Only under the lock of the event."""
    _waiting(event).delete()
    _begin(event, rows, MailingKind.CANCELLED, by, subject=_("Does not take place"), text=why)


def _waiting(event: EventPage) -> Any:
    """Who has not heard yet of an earlier change."""
    return MailingRecipient.objects.filter(mailing__event=event, mailing__kind=MailingKind.CHANGED, sent_at=None)


def _begin(event: EventPage, rows: Sequence[Registration], kind: MailingKind, by: User | None, **told: Any) -> None:
    if not rows:
        return
    states = sorted({row.state for row in rows}, key=State.values.index)
    mailings.start(EventMailing.objects.create(event=event, kind=kind, states=states, by=by, **told), rows)


def _send_changed(mailing: EventMailing, row: Registration) -> bool:
    hers = announcing.compare(mailing.before, row.event).of(row)
    if hers.nothing or row.state not in ACTIVE:
        return False
    mails.changed(row, hers, with_calendar=row.state in COMING)
    record(row, "announce", by=mailing.by)
    return True


def _send_cancelled(mailing: EventMailing, row: Registration) -> bool:
    line = row.history.filter(action="cancel").order_by("pk").last()
    if line is None or row.state != State.CANCELLED:
        return False
    mails.cancelled(row, mailing.text, sequence=line.old == State.REGISTERED, whole_event=True)
    return True


def connect() -> None:
    mailings.register(MailingKind.CHANGED, _send_changed)
    mailings.register(MailingKind.CANCELLED, _send_cancelled)

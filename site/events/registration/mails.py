"""The mails to participants. Each says what happened and what to do next; templates: `events/registration/email/`."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser

from core.mail.services import MailAttachment, post
from events.models import EventPrivate, Registration, Session
from events.registration import invitations, links, online, words
from events.registration.announcing import Changes
from events.registration.answers import left_to_her
from events.registration.sessions import of_registration
from people.audiences import may_see

Files = Sequence[MailAttachment]


def _post(template: str, row: Registration, files: Files = (), **context: Any) -> None:
    if not row.email:
        return
    private = getattr(row.event, "private", None) or EventPrivate()
    whole = {
        "registration": row,
        "event": row.event,
        "name": row.name,
        "by": row.registered_by,
        "sessions": [words.session(session) for session in of_registration(row)],
        "url": links.page_url(row),
        "private": private,
        "attached": bool(files),
        **context,
    }
    post(template=f"events/registration/email/{template}", to=row.email, context=whole, attachments=files)


def registered(row: Registration) -> None:
    """With the invitation for her calendar; so shortly before that the link went out already, with the link."""
    _post("registered", row, invitations.invite(row), online_link=online.link_for(row), unanswered=left_to_her(row))


def waiting(row: Registration) -> None:
    _post("waiting", row)


def offer(row: Registration) -> None:
    until = words.moment(row.held_until) if row.held_until else ""
    _post("offer", row, offer_url=links.offer_url(row), until=until)


def offer_expired(row: Registration) -> None:
    _post("offer_expired", row)


def withdrawn(row: Registration, *, sequence: bool) -> None:
    """`sequence`: it stands in her calendar, from which it goes."""
    _post("withdrawn", row, invitations.strike_out(row) if sequence else (), had_place=sequence)


def cancelled(row: Registration, why: str, *, sequence: bool, whole_event: bool = False) -> None:
    files = invitations.strike_out(row) if sequence else ()
    readable = whole_event and may_see(row.event, row.user or AnonymousUser())
    event_url = row.event.get_full_url() if readable else ""
    _post("cancelled", row, files, why=why, whole_event=whole_event, event_url=event_url)


def replaced(old: Registration, new: Registration, *, had_place: bool) -> None:
    """To both: the one hears who comes instead, the other that she takes part."""
    _post("replaced", old, invitations.strike_out(old) if had_place else (), instead=new.name)
    files = invitations.invite(new) if had_place else ()
    told = {"before": old.name, "had_place": had_place, "unanswered": left_to_her(new)}
    _post("taken_over", new, files, **told, online_link=online.link_for(new))


def sessions_changed(row: Registration, gone: Sequence[Session]) -> None:
    _post("sessions_changed", row, invitations.invite(row, gone))


def changed(row: Registration, changes: Changes, *, with_calendar: bool) -> None:
    files = invitations.invite(row, changes.gone) if with_calendar else ()
    _post("changed", row, files, lines=changes.lines, must_choose=changes.must_choose)


def reminder(row: Registration) -> None:
    _post("reminder", row)


def link_soon(row: Registration, session: Session, link: str) -> None:
    _post("link", row, online_link=link, session=words.session(session))


def no_seat(row: Registration) -> None:
    _post("no_seat", row)

"""Invitations for calendars. Every participant has one appointment for each session, which keeps its UID when it moves;
`Registration.sequence` rises with every file that she gets.
"""

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from core.calendar_files import Attendee, CalendarEvent, Method, Status, calendar, content_type
from core.mail.services import MailAttachment, absolute_url, site_title
from events.models import Registration, Session
from events.registration import words
from events.registration.announcing import Told
from events.registration.change import save
from events.registration.sessions import of_registration
from experts.booking.people import vvsg_address


def uid(row: Registration, session_uid: object) -> str:
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
    return f"inschrijving-{row.uid}-{session_uid}@{host}"


def entries(row: Registration, *, status: Status = Status.CONFIRMED, invited: bool = False) -> list[CalendarEvent]:
    """What she takes part in. The online link is never in it: a calendar is shared and kept."""
    return [_entry(row, session, status, invited=invited) for session in of_registration(row)]


def _entry(row: Registration, session: Session | Told, status: Status, *, invited: bool) -> CalendarEvent:
    address = vvsg_address() if invited else ""
    organizer = Attendee(address, site_title()) if address else None
    titles = (row.event.title, session.title)
    return CalendarEvent(
        uid=uid(row, session.uid),
        sequence=row.sequence,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        summary=": ".join(title for title in titles if title),
        description=_description(row),
        location=words.place(session),
        status=status,
        organizer=organizer,
        attendees=(Attendee(row.email, row.name),) if organizer else (),
    )


def _description(row: Registration) -> str:
    """The page itself is behind the login; the key of who has no account is in no calendar, which others read too."""
    if row.user_id is not None:
        return absolute_url("registration", row.uid)
    return _("To change or cancel this, open the link in our mail about it.")


def invite(row: Registration, gone: Iterable[Session | Told] = ()) -> list[MailAttachment]:
    """All of her sessions, new or changed; those that fell away are struck out in a file of their own."""
    row.sequence += 1
    save(row, "sequence")
    files = [_file("uitnodiging.ics", entries(row, invited=True), Method.REQUEST)]
    return [*files, *_struck(row, list(gone))]


def strike_out(row: Registration) -> list[MailAttachment]:
    """All of them, from her calendar."""
    row.sequence += 1
    save(row, "sequence")
    return _struck(row, of_registration(row))


def _struck(row: Registration, sessions: Sequence[Session | Told]) -> list[MailAttachment]:
    if not sessions:
        return []
    struck = [_entry(row, session, Status.CANCELLED, invited=True) for session in sessions]
    return [_file("vervallen.ics", struck, Method.CANCEL)]


def _file(name: str, found: list[CalendarEvent], method: Method) -> MailAttachment:
    return MailAttachment(name, calendar(found, method=method), content_type(method))

"""Invitations for calendars. Every expert and the municipality has its own appointment for each session.

An appointment keeps its UID when the booking moves; `Booking.sequence` rises with every change for a calendar.
"""

from collections.abc import Iterable, Sequence

from core.calendar_files import Attendee, CalendarEvent, Method, calendar, content_type
from core.mail.services import MailAttachment, absolute_url, site_title
from experts.availability.appointments import uid
from experts.booking.people import Recipient, vvsg_address
from experts.booking.sessions import Session, sessions
from experts.choices import Place
from experts.day_parts import Slot
from experts.models import Booking, ExpertPage


def events(
    booking: Booking, slots: Iterable[Slot], expert: ExpertPage | None, to: Sequence[Recipient] = (), first: int = 1
) -> list[CalendarEvent]:
    """The appointments of one side; `first` numbers the first of them."""
    return [
        _event(booking, session, uid(booking, expert, number), to)
        for number, session in enumerate(sessions(slots), start=first)
    ]


def _event(booking: Booking, session: Session, name: str, to: Sequence[Recipient]) -> CalendarEvent:
    online = booking.place == Place.ONLINE
    organizer = Attendee(vvsg_address(), site_title()) if vvsg_address() else None
    return CalendarEvent(
        uid=name,
        sequence=booking.sequence,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        summary=f"{booking.subject} ({booking.organisation})",
        description=absolute_url("booking", booking.uid),
        location=(booking.online_link if online else booking.address) or str(booking.get_place_display()),
        organizer=organizer,
        attendees=tuple(Attendee(person.email, person.name) for person in to) if organizer else (),
    )


def invite(
    booking: Booking,
    slots: Sequence[Slot],
    expert: ExpertPage | None,
    to: Sequence[Recipient],
    before: Sequence[Slot] = (),
) -> list[MailAttachment]:
    """New or changed; sessions that fell away since `before` are struck out in a file of their own."""
    files = [_file("uitnodiging.ics", events(booking, slots, expert, to), Method.REQUEST)]
    kept = len(sessions(slots))
    if gone := sessions(before)[kept:]:
        rest = [slot for session in gone for slot in session.slots]
        files.append(_file("vervallen.ics", events(booking, rest, expert, to, kept + 1), Method.CANCEL))
    return files


def strike_out(
    booking: Booking, slots: Sequence[Slot], expert: ExpertPage | None, to: Sequence[Recipient]
) -> list[MailAttachment]:
    return [_file("vervallen.ics", events(booking, slots, expert, to), Method.CANCEL)]


def _file(name: str, found: list[CalendarEvent], method: Method) -> MailAttachment:
    return MailAttachment(name, calendar(found, method=method), content_type(method))

"""Meetings for a calendar: one UID for ever, a higher number with every change. No agenda and no question in it."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from core.calendar_files import Attendee, CalendarEvent, Method, calendar, content_type
from core.mail.services import MailAttachment, absolute_url, site_title
from events.models import IntervisionGroup, Meeting
from experts.booking.people import vvsg_address

if TYPE_CHECKING:
    from events.intervision.mails import Recipient


def to_come(group: IntervisionGroup) -> list[Meeting]:
    return list(group.meetings.filter(cancelled_at=None, ends_at__gt=timezone.now()).select_related("group"))


def entry(meeting: Meeting, to: Iterable["Recipient"] = ()) -> CalendarEvent:
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
    organizer = Attendee(vvsg_address(), site_title()) if vvsg_address() else None
    return CalendarEvent(
        uid=f"meeting-{meeting.uid}@{host}",
        sequence=meeting.sequence,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        summary=_("Intervision: %(group)s") % {"group": meeting.group.name},
        description=absolute_url("intervision_room", meeting.group.uid),
        location=meeting.place or meeting.online_link,
        organizer=organizer,
        attendees=tuple(Attendee(person.email, person.name) for person in to) if organizer else (),
    )


def files(meetings: Sequence[Meeting], to: Sequence["Recipient"], *, cancel: bool = False) -> list[MailAttachment]:
    """For one mail: none where there is nothing to put in a calendar."""
    if not meetings:
        return []
    method = Method.CANCEL if cancel else Method.REQUEST
    text = calendar([entry(meeting, to) for meeting in meetings], method=method)
    return [MailAttachment("vervallen.ics" if cancel else "uitnodiging.ics", text, content_type(method))]

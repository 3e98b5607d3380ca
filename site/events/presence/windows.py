"""When attendance can be noted, and how long somebody was there. Differences are taken in UTC: clocks change."""

import datetime
from collections.abc import Iterable, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.models import Meeting, Session
from events.registration import terms


def opens_at(session: Session) -> datetime.datetime:
    """The morning of its day; or an hour before it begins, where that is the evening before."""
    morning = timezone.localtime(session.starts_at).replace(hour=0, minute=0, second=0, microsecond=0)
    return min(morning, session.starts_at - terms.hours("attendance"))


def closes_at(session: Session) -> datetime.datetime:
    return session.ends_at + terms.days("attendance_after")


def is_open(session: Session) -> bool:
    """Whether an organiser can note who is there."""
    return opens_at(session) <= timezone.now() < closes_at(session)


def takes_codes(session: Session) -> bool:
    """Whether a participant can note herself: from an hour before until it ends."""
    return session.starts_at - terms.hours("attendance") <= timezone.now() < session.ends_at


def at_hand(sessions: Sequence[Session]) -> Session | None:
    """The one that a list is opened for: what runs now or comes next today, else the last one, else the first."""
    now = timezone.now()
    usable = [session for session in sessions if is_open(session)]
    to_come = [session for session in usable if session.ends_at > now]
    return next(iter([*to_come, *reversed(usable), *sessions]), None)


def minutes_spent(attended: Iterable[Session | Meeting]) -> int:
    """How long all of it took, in whole minutes; what overlaps counts once."""
    spans = sorted(tuple(at.astimezone(datetime.UTC) for at in (one.starts_at, one.ends_at)) for one in attended)
    total, reached = datetime.timedelta(), datetime.datetime.min.replace(tzinfo=datetime.UTC)
    for start, end in spans:
        total += max(datetime.timedelta(), end - max(start, reached))
        reached = max(reached, end)
    return total // datetime.timedelta(minutes=1)


def in_words(minutes: int) -> str:
    """“6 hours and 30 minutes”."""
    hours, rest = divmod(minutes, 60)
    whole = ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    part = ngettext("%(count)d minute", "%(count)d minutes", rest) % {"count": rest}
    if hours and rest:
        return _("%(hours)s and %(minutes)s") % {"hours": whole, "minutes": part}
    return whole if hours else part

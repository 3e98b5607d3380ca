"""Certificates of attendance: of an event, and of the meetings of an intervision group.

The paper names its holder. Whoever has the code reads her initials, so that a paper can be compared, and never the name
of what is closed: an event for some is a kind of event, an intervision group a number of meetings.
"""

import datetime
import re
from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events import programme
from events.choices import EventKind, RegistrationState
from events.models import GroupCertificate, GroupMember, Meeting, Registration, Session
from events.presence import windows
from events.registration.permissions import registration_for
from experts.certificates.papers import Certificate, Rows
from people.audiences import may_see
from people.models import User

MOST_INITIALS = 5


def initials(name: str) -> str:
    """“P. D.” for “Petra Deelnemer”; letters alone."""
    letters = [word[0].upper() for word in re.split(r"[\s\-]+", name) if word[:1].isalpha()]
    return " ".join(f"{letter}." for letter in letters[:MOST_INITIALS])


def certificate_of(row: Registration) -> Certificate | None:
    """None as long as the event runs, and for who was not there."""
    attended = [noted.session for noted in row.presences.all() if noted.present]
    end = programme.ends_at(row.event)
    if row.state != RegistrationState.PRESENT or not attended or end is None or end > timezone.now():
        return None
    kind = capfirst(row.event.get_kind_display())
    is_public = row.event.live and may_see(row.event, AnonymousUser())
    return _stated(
        row.certificate_code,
        row.name if row.anonymised_at is None else "",
        on_paper=[(_("Organisation"), str(row.organisation or "")), (kind, row.event.title)],
        for_all=[(kind, row.event.title if is_public else _("closed: the name stands on the paper alone"))],
        both=_when(attended),
        given=timezone.localdate(end),
        check_taker=lambda user: registration_for(user, row.uid),
    )


def _stated(  # noqa: PLR0913
    code: str,
    name: str,
    *,
    on_paper: Rows,
    for_all: Rows,
    both: Rows,
    given: datetime.date,
    check_taker: Callable[[User], object],
) -> Certificate:
    return Certificate(
        code=code,
        title=_("Certificate of attendance"),
        sentence=_("VVSG states that the person named here took part."),
        rows=[(_("Name"), name), *on_paper, *both],
        shown=[(_("Initials of the holder"), initials(name) or _("erased")), *for_all, *both],
        given_on=date_format(given, "j F Y"),
        check_taker=check_taker,
    )


def _when(attended: list[Session]) -> Rows:
    days = ", ".join(date_format(day, "j F Y") for day in programme.days_of(attended))
    return [(_("When"), days), (_("Attended"), windows.in_words(windows.minutes_spent(attended)))]


def attended_meetings(member: GroupMember) -> list[Meeting]:
    """Those that are over, in the order of time."""
    rows = Meeting.objects.filter(presences__member=member, presences__present=True, ends_at__lte=timezone.now())
    return list(rows.filter(cancelled_at=None).order_by("starts_at"))


def group_certificate(member: GroupMember) -> GroupCertificate | None:
    """What she attended until now, under a code; the same until she attends more. None where she attended nothing."""
    meetings = attended_meetings(member)
    if not meetings:
        return None
    return GroupCertificate.objects.get_or_create(
        member=member,
        meetings=len(meetings),
        minutes=windows.minutes_spent(meetings),
        first_on=timezone.localdate(meetings[0].starts_at),
        last_on=timezone.localdate(meetings[-1].starts_at),
    )[0]


def paper_of(given: GroupCertificate) -> Certificate:
    """Of a group: neither its name nor who else is in it."""
    user = given.member.user if given.member else None
    meetings = ngettext("%(count)d meeting", "%(count)d meetings", given.meetings) % {"count": given.meetings}
    return _stated(
        given.code,
        user.get_full_name() if user else "",
        on_paper=[],
        for_all=[],
        both=[
            (capfirst(str(EventKind.INTERVISION.label)), meetings),
            (_("When"), _period(given)),
            (_("Attended"), windows.in_words(given.minutes)),
        ],
        given=given.given_on,
        check_taker=lambda taker: _check_hers(taker, user),
    )


def _period(given: GroupCertificate) -> str:
    first, last = date_format(given.first_on, "j F Y"), date_format(given.last_on, "j F Y")
    return first if first == last else _("from %(first)s to %(last)s") % {"first": first, "last": last}


def _check_hers(taker: User, holder: User | None) -> None:
    """Nobody else: whoever organises events is no member of the group."""
    if holder is None or taker.pk != holder.pk:
        raise Http404


def of_events(user: User) -> list[Certificate]:
    """Hers, the newest first."""
    rows = in_full(Registration.objects.filter(user=user, state=RegistrationState.PRESENT).order_by("-pk"))
    return [found for row in rows if (found := certificate_of(row)) is not None]


def of_groups(user: User) -> list[tuple[GroupMember, int]]:
    """The groups of which she can take a certificate, with the number of meetings that she attended."""
    members = GroupMember.objects.filter(user=user).select_related("group").order_by("-pk")
    return [(member, len(found)) for member in members if (found := attended_meetings(member))]


def in_full(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    """With all that a certificate states, in a fixed number of queries."""
    return rows.select_related("event", "organisation").prefetch_related("event__sessions", "presences__session")


def find_of_event(code: str) -> Certificate | None:
    row = in_full(Registration.objects.filter(certificate_code=code)).first()
    return certificate_of(row) if row else None


def find_of_group(code: str) -> Certificate | None:
    given = GroupCertificate.objects.select_related("member__user").filter(code=code).first()
    return paper_of(given) if given else None

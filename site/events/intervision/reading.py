"""What the pages of a room show."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from events.choices import MemberState, Part
from events.intervision.access import Visit
from events.intervision.services.cases import is_open_for_cases
from events.intervision.services.lessons import who_must_agree
from events.models import CaseBrought, GroupLesson, GroupMember, IntervisionGroup, Meeting
from people.models import Membership


@dataclass(frozen=True)
class Person:
    """A member as the others see her."""

    row: GroupMember
    name: str
    organisation: str
    is_me: bool


def people(visit: Visit) -> list[Person]:
    rows = list(
        visit.group.members.filter(state=MemberState.ACTIVE).select_related("user").order_by("-part", "user__last_name")
    )
    rows.sort(key=lambda row: row.part != Part.FACILITATOR)
    users = [row.user_id for row in rows]
    works = Membership.objects.active().filter(user__in=users).select_related("organisation").order_by("-pk")
    place = {membership.user_id: str(membership.organisation) for membership in works}
    return [Person(row, str(row.user), place.get(row.user_id or 0, ""), row == visit.member) for row in rows]


def on_the_way(group: IntervisionGroup) -> list[GroupMember]:
    found = group.members.filter(state__in=(MemberState.INVITED, MemberState.ASKED)).select_related("user")
    return list(found.order_by("since"))


def candidates_for(member: GroupMember) -> "QuerySet[GroupMember]":
    """Those about whom she did not say anything yet."""
    asked = GroupMember.objects.filter(group=member.group_id, state=MemberState.ASKED)
    return asked.exclude(consents__by=member).select_related("user").order_by("since")


def lessons_for(member: GroupMember) -> list[GroupLesson]:
    """Those that wait for her agreement."""
    open_ones = GroupLesson.objects.filter(group=member.group_id, shared_at=None).order_by("at")
    agreed = set(member_agreed(member))
    return [row for row in open_ones if (row.pk, row.version) not in agreed and member in who_must_agree(row)]


def member_agreed(member: GroupMember) -> list[tuple[int, int]]:
    found = GroupLesson.objects.filter(consents__by=member).values_list("pk", "consents__version")
    return list(found)


def has_facilitator(group: IntervisionGroup) -> bool:
    states = (MemberState.ACTIVE, MemberState.INVITED)
    return group.members.filter(part=Part.FACILITATOR, state__in=states).exists()


def meetings(group: IntervisionGroup) -> tuple[list[Meeting], list[Meeting]]:
    """To come (cancelled ones too, until their day is over) and past, the newest first."""
    now = timezone.now()
    rows = list(group.meetings.all())
    past = [row for row in rows if row.ends_at <= now and row.cancelled_at is None]
    return [row for row in rows if row.ends_at > now], past[::-1]


def cases(group: IntervisionGroup) -> "QuerySet[CaseBrought]":
    found = CaseBrought.objects.filter(meeting__group=group).select_related("meeting", "by__user")
    return found.order_by("meeting__starts_at", "at")


def label_of(case: CaseBrought) -> str:
    """Also of an erased one: by whom and for when, so that a lesson can be linked to it."""
    who = str(case.by.user) if case.by and case.by.user else _("somebody who left")
    words = {"who": who, "day": date_format(timezone.localtime(case.meeting.starts_at), "j F Y")}
    if case.erased_at is not None:
        return _("Question of %(who)s for %(day)s (erased)") % words
    return _("“%(title)s”, of %(who)s for %(day)s") % {**words, "title": case.title}


def room(visit: Visit) -> dict[str, object]:
    """All that the front page of a room needs."""
    group = visit.group
    coming, past = meetings(group)
    found = list(cases(group).filter(Q(erased_at=None)))
    return {
        "people": people(visit),
        "on_the_way": on_the_way(group) if visit.is_facilitator else [],
        "candidates": list(candidates_for(visit.member)) if visit.may_write and visit.member else [],
        "waiting_lessons": lessons_for(visit.member) if visit.member else [],
        "coming": coming,
        "past": past,
        "cases": found,
        "files": list(group.files.select_related("by__user")),
        "lessons": list(group.lessons.all()),
        "next_meeting": next((row for row in coming if row.cancelled_at is None), None),
        "takes_cases": is_open_for_cases(group),
        "has_facilitator": has_facilitator(group),
        "glass_broken": group.broken_glass.count(),
    }

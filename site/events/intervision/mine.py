"""What “My page” says about intervision: her groups, and what waits for her."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.choices import MemberState
from events.intervision import reading
from events.models import GroupMember
from people import my_page
from people.models import User
from people.my_page import Asked, Section
from people.permissions import signed_in
from people.services.joining import confirmed_addresses


def rows_of(user: User) -> list[GroupMember]:
    """Her memberships, invitations and requests, with the next meeting of each group as `next_meeting`."""
    hers = Q(user=user) | Q(user=None, email__in=confirmed_addresses(user), state=MemberState.INVITED)
    states = (MemberState.ACTIVE, MemberState.INVITED, MemberState.ASKED)
    rows = GroupMember.objects.filter(hers, state__in=states, group__emptied_at=None).select_related("group")
    found = list(rows.order_by("group__name", "pk"))
    for row in found:
        to_come = row.group.meetings.filter(cancelled_at=None, ends_at__gt=timezone.now())
        row.next_meeting = to_come.first() if may_enter(row) else None  # type: ignore[attr-defined]
    return found


def may_enter(row: GroupMember) -> bool:
    return row.state == MemberState.ACTIVE and row.accepted_version == row.group.rules_version


def my_groups(request: HttpRequest) -> dict[str, Any] | None:
    rows = rows_of(signed_in(request))
    return {"rows": rows} if rows else None


def asked_of_me(request: HttpRequest) -> list[Asked]:
    user = signed_in(request)
    return [asked for row in rows_of(user) for asked in _asked_in(row)]


def _asked_in(row: GroupMember) -> list[Asked]:
    words = {"group": row.group.name}
    if row.state == MemberState.INVITED:
        text = _("Decide whether you join the intervision group “%(group)s”")
        return [Asked(text % words, reverse("intervision_rules", args=[row.group.uid]))]
    if row.state != MemberState.ACTIVE:
        return []
    if not may_enter(row):
        text = _("Accept the new rules of the intervision group “%(group)s”")
        return [Asked(text % words, reverse("intervision_rules", args=[row.group.uid]))]
    if row.group.closed_at is not None:
        return []
    candidate = _("Answer somebody who wants to join the intervision group “%(group)s”") % words
    lesson = _("Read a lesson of the intervision group “%(group)s” and say whether you agree") % words
    found = [
        Asked(candidate, reverse("intervision_candidate", args=[row.group.uid, one.pk]))
        for one in reading.candidates_for(row)
    ]
    return found + [
        Asked(lesson, reverse("intervision_lesson", args=[row.group.uid, one.uid])) for one in reading.lessons_for(row)
    ]


def connect() -> None:
    my_page.register(Section(order=45, template="events/intervision/includes/my_groups.html", context=my_groups))
    my_page.ask("intervision", asked_of_me)

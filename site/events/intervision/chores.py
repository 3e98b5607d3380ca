"""What happens in groups by itself, every hour (`events.chores`)."""

import datetime

from django.db.models import QuerySet
from django.utils import timezone

from events import chores
from events.choices import MemberState, Part
from events.intervision import mails, services, terms
from events.intervision.services.joining import end
from events.models import GroupMember, IntervisionGroup, Meeting


def erase_cases() -> int:
    """Questions past their day: all at once, so that nothing keeps one from being erased."""
    return services.erase_due()


def _soon() -> "QuerySet[Meeting]":
    now = timezone.now()
    until = now + datetime.timedelta(days=terms.REMIND_DAYS)
    rows = Meeting.objects.filter(cancelled_at=None, reminded_at=None, group__closed_at=None)
    return rows.filter(starts_at__gt=now, starts_at__lte=until).select_related("group")


def _remind(meeting: Meeting) -> None:
    meeting.reminded_at = timezone.now()
    meeting.save(update_fields=["reminded_at"])
    mails.reminder(meeting)


def remind_of_meetings() -> int:
    return chores.for_each(_soon, _remind)


def _unanswered() -> "QuerySet[GroupMember]":
    """A facilitator who never came is for the organiser to replace."""
    before = timezone.now() - datetime.timedelta(days=terms.INVITATION_DAYS)
    return GroupMember.objects.filter(state=MemberState.INVITED, since__lt=before, part=Part.MEMBER)


def end_invitations() -> int:
    return chores.for_each(_unanswered, lambda row: end(row, MemberState.REFUSED))


def _over() -> "QuerySet[IntervisionGroup]":
    return IntervisionGroup.objects.filter(emptied_at=None, readable_until__lt=timezone.localdate())


def empty_rooms() -> int:
    return chores.for_each(_over, lambda group: services.empty_group(group=group))


def connect() -> None:
    for chore in (erase_cases, remind_of_meetings, end_invitations, empty_rooms):
        chores.register(chore)

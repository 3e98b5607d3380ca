"""When the group meets: everybody gets it in her calendar, and every change of it. Only the facilitator decides."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.intervision import mails
from events.intervision.exceptions import IntervisionError, Stale
from events.intervision.services.cases import follow_meeting, wipe
from events.intervision.services.locking import acting, active
from events.models import CaseBrought, GroupMember, IntervisionGroup, Meeting, MeetingPresence

IN_CALENDAR = ("starts_at", "ends_at", "place", "online_link")


@transaction.atomic
def add_meeting(*, by: GroupMember, told: Mapping[str, Any]) -> Meeting:
    """`told`: starts_at, ends_at, place, online_link, agenda."""
    group, _member = acting(by, facilitator=True)
    _check_times(told)
    meeting = Meeting.objects.create(group=group, **told)
    mails.meeting(meeting, "meeting_added")
    return meeting


@transaction.atomic
def change_meeting(*, meeting: Meeting, by: GroupMember, told: Mapping[str, Any], seen: int) -> Meeting:
    """Mails what stands in a calendar; the agenda is read in the room. Raises Stale."""
    group, found = _to_come(meeting, by)
    if seen != found.sequence:
        raise Stale(_("Somebody changed this meeting in the meantime. Look again, then decide."))
    before = mails.when_of(found)
    moved = any(getattr(found, name) != told[name] for name in IN_CALENDAR)
    if moved:
        _check_times(told)
        found.sequence += 1
        found.reminded_at = None
    for name, value in told.items():
        setattr(found, name, value)
    found.save()
    follow_meeting(group, found)
    if moved:
        mails.meeting(found, "meeting_changed", before=before)
    return found


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, by: GroupMember) -> None:
    """What was brought in for it is erased at once."""
    _group, found = _to_come(meeting, by)
    strike(found)
    mails.meeting(found, "meeting_cancelled", cancel=True)


def strike(meeting: Meeting) -> None:
    """Under lock, without a mail."""
    meeting.cancelled_at = timezone.now()
    meeting.sequence += 1
    meeting.save(update_fields=["cancelled_at", "sequence"])
    wipe(CaseBrought.objects.filter(meeting=meeting))


def _to_come(meeting: Meeting, by: GroupMember) -> tuple[IntervisionGroup, Meeting]:
    group, _member = acting(by, facilitator=True)
    found = Meeting.objects.get(pk=meeting.pk, group=group)
    found.group = group
    if found.cancelled_at is not None or found.ends_at <= timezone.now():
        raise IntervisionError(_("This meeting is over or cancelled."))
    return group, found


def _check_times(told: Mapping[str, Any]) -> None:
    if told["starts_at"] <= timezone.now():
        raise IntervisionError(_("Choose a moment that is still to come."))


@transaction.atomic
def note_presence(*, meeting: Meeting, by: GroupMember, present: Iterable[int]) -> None:
    """`present` are keys of members; the others of today are noted as absent. From the start of the meeting on."""
    group, _member = acting(by, facilitator=True)
    found = Meeting.objects.get(pk=meeting.pk, group=group)
    if found.cancelled_at is not None or found.starts_at > timezone.now():
        raise IntervisionError(_("Note who was there once the meeting has begun."))
    came = set(present)
    for member in possible(found):
        MeetingPresence.objects.update_or_create(meeting=found, member=member, defaults={"present": member.pk in came})


def possible(meeting: Meeting) -> list[GroupMember]:
    """Whose attendance can be noted: the members, and who was noted before and left since."""
    noted = meeting.presences.values("member")
    found = active(meeting.group) | meeting.group.members.filter(pk__in=noted)
    return list(found.select_related("user").distinct().order_by("pk"))

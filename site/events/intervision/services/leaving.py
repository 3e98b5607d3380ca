"""Staying and going: accepting new rules, leaving, being removed, and who guides the group."""

from django.db import transaction
from django.utils.translation import gettext as _

from events.choices import MemberState, Part
from events.intervision import mails, names
from events.intervision.exceptions import IntervisionError, NotAllowed
from events.intervision.services.cases import wipe_all_of
from events.intervision.services.joining import end, settle
from events.intervision.services.locking import acting, active, locked
from events.models import GroupMember, IntervisionGroup, JoinConsent, LessonConsent


@transaction.atomic
def accept_rules(*, member: GroupMember, name: str, seen: int) -> GroupMember:
    """Of somebody who is in already, after the rules changed."""
    group = locked(member.group, closed=True)
    found = GroupMember.objects.select_related("user").get(pk=member.pk)
    if found.state != MemberState.ACTIVE:
        raise NotAllowed(_("You may not do this."))
    names.sign(found, group, name, seen)
    found.save()
    return found


@transaction.atomic
def leave(*, member: GroupMember) -> None:
    """She goes. A facilitator hands over first, unless she is the last one."""
    group = locked(member.group)
    found = GroupMember.objects.select_related("user").get(pk=member.pk)
    if found.state != MemberState.ACTIVE:
        raise NotAllowed(_("You may not do this."))
    if found.part == Part.FACILITATOR and active(group).exclude(pk=found.pk).exists():
        raise IntervisionError(_("Hand the group over to another facilitator first."))
    gone(group, found)
    mails.left(found)


@transaction.atomic
def remove(*, member: GroupMember, by: GroupMember, why: str) -> None:
    """She hears why; the others only that she is no member any more."""
    group, _facilitator = acting(by, facilitator=True)
    found = GroupMember.objects.select_related("user").get(pk=member.pk)
    if found.group_id != group.pk or found.state != MemberState.ACTIVE or found.pk == by.pk:
        raise NotAllowed(_("You may not do this."))
    if not why.strip():
        raise IntervisionError(_("Say why."))
    gone(group, found)
    mails.removed(found, why.strip())


def gone(group: IntervisionGroup, member: GroupMember) -> None:
    """What follows from going, under lock: her questions go along, and nobody waits for her answer any more.

    Where she brought in what a lesson came from, the facilitator now answers in her stead: anew.
    """
    wipe_all_of(member)
    JoinConsent.objects.filter(by=member).delete()
    lessons = group.lessons.filter(cases__by=member, shared_at=None)
    LessonConsent.objects.filter(lesson__in=lessons, by__part=Part.FACILITATOR).delete()
    member.part = Part.MEMBER
    end(member, MemberState.LEFT)
    for candidate in group.members.filter(state=MemberState.ASKED).select_related("user", "group"):
        settle(candidate)


@transaction.atomic
def hand_over(*, by: GroupMember, to: GroupMember) -> None:
    """Another member guides the group from now on."""
    group, facilitator = acting(by, facilitator=True)
    make_facilitator(group, to, old=facilitator)


def make_facilitator(group: IntervisionGroup, to: GroupMember, *, old: GroupMember | None) -> None:
    """Under lock."""
    new = active(group).filter(pk=to.pk).select_related("user").first()
    if new is None:
        raise IntervisionError(_("Choose somebody who is a member."))
    if old is not None:
        GroupMember.objects.filter(pk=old.pk).update(part=Part.MEMBER)
    new.part = Part.FACILITATOR
    new.save(update_fields=["part"])
    mails.new_facilitator(group, new)


@transaction.atomic
def take_on(*, by: GroupMember) -> None:
    """A member guides a group that has no facilitator."""
    group, member = acting(by)
    if group.members.filter(part=Part.FACILITATOR, state__in=(MemberState.ACTIVE, MemberState.INVITED)).exists():
        raise IntervisionError(_("The group has a facilitator."))
    make_facilitator(group, member, old=None)

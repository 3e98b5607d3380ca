"""The group is locked before anything in it changes: two at once wait for each other. Only within a transaction."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from events.choices import MemberState, Part
from events.intervision.exceptions import GroupFull, IntervisionError, NotAllowed
from events.models import GroupMember, IntervisionGroup
from events.models.intervision import LARGEST


def locked(group: IntervisionGroup, *, closed: bool = False) -> IntervisionGroup:
    """`closed`: also a group that is closed. Raises IntervisionError."""
    found = IntervisionGroup.objects.select_for_update().get(pk=group.pk)
    if found.emptied_at is not None or (found.closed_at is not None and not closed):
        raise IntervisionError(_("This group is closed."))
    return found


def acting(by: GroupMember, *, facilitator: bool = False, closed: bool = False) -> tuple[IntervisionGroup, GroupMember]:
    """The group, locked, and the member as she is now. Raises NotAllowed for who is no (such) member any more."""
    group = locked(IntervisionGroup(pk=by.group_id), closed=closed)
    member = GroupMember.objects.select_related("user").get(pk=by.pk)
    is_in = member.state == MemberState.ACTIVE and member.accepted_version == group.rules_version
    if not is_in or (facilitator and member.part != Part.FACILITATOR):
        raise NotAllowed(_("You may not do this."))
    member.group = group
    return group, member


def active(group: IntervisionGroup) -> "QuerySet[GroupMember]":
    return group.members.filter(state=MemberState.ACTIVE)


def check_place(group: IntervisionGroup, *, taking: int = 1, besides: GroupMember | None = None) -> None:
    """An invitation holds a place. Raises GroupFull."""
    taken = group.members.filter(state__in=(MemberState.ACTIVE, MemberState.INVITED))
    if besides is not None:
        taken = taken.exclude(pk=besides.pk)
    if taken.count() + taking > LARGEST:
        raise GroupFull(_("A group has at most %(number)d members, and invitations count.") % {"number": LARGEST})

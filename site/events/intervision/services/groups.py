"""A group as a whole: made by who organises events, lived in by its members, closed and emptied."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.choices import MemberState, Part
from events.intervision import mails, terms, wiping
from events.intervision.exceptions import IntervisionError, NotAllowed
from events.intervision.services.cases import follow_meeting, wipe
from events.intervision.services.files import throw_away
from events.intervision.services.joining import ON_THE_WAY, drop, end, put_on_the_list
from events.intervision.services.locking import acting, active, locked
from events.intervision.services.meetings import strike
from events.models import CaseBrought, GroupMember, IntervisionGroup
from events.permissions import is_organiser
from people.models import User


@transaction.atomic
def make_group(*, by: User, told: Mapping[str, Any], facilitator: str) -> IntervisionGroup:
    """With the facilitator invited by address: she invites the others."""
    _check_organiser(by)
    group = IntervisionGroup.objects.create(**told)
    put_on_the_list(group, facilitator.strip().lower(), Part.FACILITATOR)
    return group


@transaction.atomic
def change_group(*, group: IntervisionGroup, by: User | GroupMember, told: Mapping[str, Any]) -> IntervisionGroup:
    """By an organiser, or by the facilitator. New rules are accepted anew by everybody before she comes in again."""
    if isinstance(by, GroupMember):
        found, _member = acting(by, facilitator=True)
    else:
        _check_organiser(by)
        found = locked(group)
    old_rules, old_days = found.rules.split(), found.erase_after_days
    for name, value in told.items():
        setattr(found, name, value)
    if found.rules.split() != old_rules:
        found.rules_version += 1
    found.save()
    if found.erase_after_days != old_days:
        for meeting in found.meetings.filter(cancelled_at=None):
            follow_meeting(found, meeting)
    if found.rules.split() != old_rules:
        mails.rules_changed(found)
    return found


@transaction.atomic
def name_facilitator(*, group: IntervisionGroup, by: User, email: str) -> GroupMember:
    """By an organiser, as long as the group never had its members: whoever comes later is let in by them alone."""
    _check_organiser(by)
    found = locked(group)
    if found.opened_at is not None or active(found).filter(part=Part.FACILITATOR).exists():
        raise IntervisionError(_("The members choose their facilitator themselves."))
    for row in found.members.filter(part=Part.FACILITATOR, state=MemberState.INVITED):
        end(row, MemberState.REFUSED)
    if found.members.filter(email=email.strip().lower(), state__in=ON_THE_WAY).exists():
        raise IntervisionError(_("This address has been invited already."))
    return put_on_the_list(found, email.strip().lower(), Part.FACILITATOR)


@transaction.atomic
def close_group(*, group: IntervisionGroup, by: User | GroupMember) -> IntervisionGroup:
    """No more meetings or questions; the members read on for a while, then the room is emptied."""
    if isinstance(by, GroupMember):
        found, _member = acting(by, facilitator=True)
    else:
        _check_organiser(by)
        found = locked(group)
    found.closed_at = timezone.now()
    found.readable_until = timezone.localdate() + datetime.timedelta(days=terms.READABLE_DAYS)
    found.is_open = False
    found.save()
    for row in found.members.filter(state__in=ON_THE_WAY).select_related("user", "group"):
        drop(row)
    to_come = list(found.meetings.filter(cancelled_at=None, ends_at__gt=timezone.now()))
    for meeting in to_come:
        strike(meeting)
    mails.closed(found, to_come)
    return found


def _check_organiser(by: User) -> None:
    if not is_organiser(by):
        raise NotAllowed(_("You may not do this."))


@transaction.atomic
def empty_group(*, group: IntervisionGroup) -> None:
    """What was said goes; that there was a group, who was in it and who was there stays, for certificates."""
    found = IntervisionGroup.objects.select_for_update().get(pk=group.pk)
    if found.emptied_at is not None:
        return
    wiping.overwriting()
    wipe(CaseBrought.objects.filter(meeting__group=found))
    for file in found.files.all():
        throw_away(file)
    found.lessons.filter(shared_at=None).delete()
    found.lessons.update(title="", text="")
    found.meetings.update(agenda="", place="", online_link="")
    found.members.update(motivation="")
    found.emptied_at = timezone.now()
    found.save(update_fields=["emptied_at"])

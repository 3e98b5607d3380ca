"""The way into a group: by invitation, or by asking; once the group is a fixed one, every member has a say."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from events.choices import MemberState, Part
from events.intervision import mails, names, terms
from events.intervision.exceptions import GroupFull, IntervisionError, NotAllowed
from events.intervision.services.locking import acting, active, check_place, locked
from events.models import GroupMember, IntervisionGroup, JoinConsent
from events.models.intervision import LARGEST, SMALLEST
from people.models import Membership, User
from people.services.joining import confirmed_addresses
from people.services.limits import TooManyError, take_invitations

ON_THE_WAY = (MemberState.INVITED, MemberState.ASKED)


@transaction.atomic
def invite(*, by: GroupMember, email: str) -> GroupMember:
    """Invite somebody, whether she has an account or not. Of a fixed group all members must agree first."""
    group, member = acting(by, facilitator=True)
    email = email.strip().lower()
    _check_new(group, email)
    _count(member, email)
    if group.opened_at is None:
        return put_on_the_list(group, email)
    check_place(group)
    candidate = GroupMember.objects.create(group=group, email=email, state=MemberState.ASKED, proposed_by=member)
    answer(candidate, member, agrees=True)
    mails.candidate(candidate)
    return candidate


def put_on_the_list(group: IntervisionGroup, email: str, part: Part = Part.MEMBER) -> GroupMember:
    """Invited, with a mail. The group is locked. Raises GroupFull."""
    check_place(group)
    invited = GroupMember.objects.create(group=group, email=email, state=MemberState.INVITED, part=part)
    mails.invited(invited)
    return invited


def _check_new(group: IntervisionGroup, email: str) -> None:
    if group.members.filter(email=email, state__in=ON_THE_WAY).exists():
        raise IntervisionError(_("This address has been invited already."))
    if any(email == row.user.email.lower() for row in active(group).select_related("user") if row.user):
        raise IntervisionError(_("She is a member already."))


def _count(by: GroupMember, email: str) -> None:
    """Nobody floods a mailbox from here."""
    if by.user is None:
        return
    try:
        take_invitations(by=by.user, emails=[email])
    except TooManyError as error:
        raise IntervisionError(str(error)) from None


def may_ask(user: User) -> bool:
    """Whoever works for an organisation that takes part."""
    return user.is_active and Membership.objects.active().filter(user=user).exists()


def why_not(group: IntervisionGroup, user: User) -> str:
    """Why the group does not take this person, in words that do not say whether she was turned down; "" if it can."""
    if group.members.filter(user=user, state__in=(*ON_THE_WAY, MemberState.ACTIVE)).exists():
        return _("You asked already, or you are a member.")
    again = timezone.now() - datetime.timedelta(days=terms.ASK_AGAIN_DAYS)
    turned_down = group.members.filter(user=user, state=MemberState.REFUSED, ended_at__gt=again)
    takes = group.is_open and active(group).exists() and not turned_down.exists()
    try:
        check_place(group)
    except GroupFull:
        takes = False
    return "" if takes else _("This group is not taking members now.")


@transaction.atomic
def ask_to_join(*, group: IntervisionGroup, user: User, motivation: str) -> GroupMember:
    """Put a request before the members. Raises IntervisionError where the group takes nobody now, without a why."""
    group = locked(group)
    if not may_ask(user):
        raise NotAllowed(_("Only people who work for an organisation that takes part can ask to join."))
    if reason := why_not(group, user):
        raise IntervisionError(reason)
    candidate = GroupMember.objects.create(group=group, user=user, state=MemberState.ASKED, motivation=motivation)
    mails.candidate(candidate)
    return candidate


@transaction.atomic
def answer_candidate(*, candidate: GroupMember, by: GroupMember, agrees: bool) -> GroupMember:
    """One no is enough, and nobody hears whose; with every yes she is invited."""
    _group, member = acting(by)
    candidate = GroupMember.objects.select_related("user", "group").get(pk=candidate.pk)
    if candidate.group_id != member.group_id or candidate.state != MemberState.ASKED:
        raise IntervisionError(_("This has been decided already."))
    answer(candidate, member, agrees=agrees)
    settle(candidate)
    return candidate


def answer(candidate: GroupMember, by: GroupMember, *, agrees: bool) -> None:
    JoinConsent.objects.update_or_create(candidate=candidate, by=by, defaults={"agrees": agrees, "at": timezone.now()})


def settle(candidate: GroupMember) -> None:
    """Decide as soon as it can be: after an answer, and after somebody left. What was answered is then forgotten."""
    group = candidate.group
    answers = dict(candidate.consents.values_list("by", "agrees"))
    waiting = set(active(group).values_list("pk", flat=True)) - answers.keys()
    agreed = all(answers.values())
    if agreed and (waiting or not answers):
        return
    try:
        if agreed:
            check_place(group)
    except GroupFull:
        agreed = False
    candidate.consents.all().delete()
    candidate.motivation, candidate.since = "", timezone.now()
    if agreed:
        candidate.state = MemberState.INVITED
        candidate.save()
        mails.invited(candidate)
        return
    end(candidate, MemberState.REFUSED)
    mails.not_taken(candidate)


def end(row: GroupMember, state: MemberState) -> None:
    """Without what she typed and without the address."""
    row.state, row.ended_at, row.motivation, row.email = state, timezone.now(), "", ""
    row.save()


def drop(row: GroupMember) -> None:
    """Without an answer of the group."""
    row.consents.all().delete()
    end(row, MemberState.REFUSED)
    mails.request_ended(row)


def invitation_for(user: User, group: IntervisionGroup) -> GroupMember | None:
    """The invitation that is hers: by account, or by an address that she confirmed."""
    invited = group.members.filter(state=MemberState.INVITED)
    addresses = confirmed_addresses(user)
    return next(
        (row for row in invited if row.user_id == user.pk or (row.user_id is None and row.email in addresses)), None
    )


@transaction.atomic
def accept(*, invitation: GroupMember, user: User, name: str, seen: int) -> GroupMember:
    """Become a member by accepting the rules, version `seen`, in her own name. Raises IntervisionError, GroupFull."""
    group = locked(invitation.group)
    row = invitation_for(user, group) if user.is_active else None
    if row is None or row.pk != invitation.pk:
        raise IntervisionError(_("This invitation does not work any more."))
    if active(group).count() >= LARGEST:
        raise GroupFull(_("The group is full. Ask the facilitator."))
    if active(group).filter(user=user).exists():
        raise IntervisionError(_("You asked already, or you are a member."))
    row.user, row.state, row.email, row.since = user, MemberState.ACTIVE, "", timezone.now()
    names.sign(row, group, name, seen)
    row.save()
    if group.opened_at is None and active(group).count() >= SMALLEST:
        group.opened_at = timezone.now()
        group.save(update_fields=["opened_at"])
    mails.welcome(row)
    return row


@transaction.atomic
def decline(*, invitation: GroupMember, user: User) -> None:
    """She does not come; the facilitator hears it."""
    group = locked(invitation.group)
    row = invitation_for(user, group)
    if row is None or row.pk != invitation.pk:
        raise IntervisionError(_("This invitation does not work any more."))
    end(row, MemberState.REFUSED)
    mails.declined(row)


@transaction.atomic
def withdraw_invitation(*, invitation: GroupMember, by: GroupMember) -> None:
    """Of somebody invited, or put before the group, who did not answer yet."""
    _group, member = acting(by, facilitator=True)
    row = GroupMember.objects.select_related("user", "group").get(pk=invitation.pk)
    if row.group_id != member.group_id or row.state not in ON_THE_WAY or row.part == Part.FACILITATOR:
        raise IntervisionError(_("This has been decided already."))
    drop(row)

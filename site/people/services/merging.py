"""One organisation goes up in another: members, invitations, domains and what names it move, in one action."""

from collections import Counter

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import holdings, mails
from people.models import (
    Invitation,
    LivcMembership,
    Membership,
    MembershipState,
    Organisation,
    OrganisationDomain,
    OrganisationMerger,
    Origin,
    User,
)
from people.rights import derive
from people.services.errors import MembershipError
from people.services.history import Kind, record, set_roles

OPEN = (MembershipState.REQUESTED, MembershipState.ACTIVE)


def preview(organisation: Organisation) -> dict[str, int]:
    """What a merger would move: a name for people → how many."""
    open_ones = Membership.objects.filter(organisation=organisation, state__in=OPEN)
    members = [membership.user for membership in open_ones.active().select_related("user")]
    counts = {
        _("Members"): len(members),
        _("Requests for membership"): open_ones.count() - len(members),
        _("What these members answer for"): sum(len(holdings.held_by(user)) for user in members),
        _("LIVC-R memberships"): LivcMembership.objects.not_ended().filter(membership__in=open_ones).count(),
        _("Open invitations"): Invitation.objects.pending().filter(organisation=organisation).count(),
        _("E-mail domains"): OrganisationDomain.objects.filter(organisation=organisation).count(),
    }
    for provider in holdings.providers():
        counts |= provider.count_of_organisation(organisation)
    return counts


@transaction.atomic
def merge(*, organisation: Organisation, into: Organisation, by: User) -> OrganisationMerger:
    """Move everything to the successor and write it down. Doing it again changes nothing. Raises MembershipError."""
    rows = Organisation.objects.select_for_update().order_by("pk").in_bulk([organisation.pk, into.pk])
    old, new = rows[organisation.pk], rows[into.pk]
    done = OrganisationMerger.objects.filter(organisation=old, successor=new).first()
    if done is not None and old.merged_into_id == new.pk:
        return done
    _check(old, new)
    moved = Counter({"members": 0, "requests": 0})
    for membership in Membership.objects.select_for_update().filter(organisation=old, state__in=OPEN):
        moved["members" if membership.is_active else "requests"] += 1
        _move_member(membership, old, new, by)
    moved["invitations"] = _move_invitations(old, new)
    moved["domains"] = OrganisationDomain.objects.filter(organisation=old).update(organisation=new)
    for provider in holdings.providers():
        moved.update({str(name): count for name, count in provider.count_of_organisation(old).items()})
        provider.move_organisation(old, new, by=by)
    for predecessor in old.predecessors.all():
        predecessor.merged_into = new
        predecessor.save(update_fields=["merged_into"])
    old.merged_into = new
    old.save(update_fields=["merged_into"])
    new.save()  # whoever follows organisations hears that more stands behind this one now
    merger, _made = OrganisationMerger.objects.update_or_create(
        organisation=old, defaults={"successor": new, "by": by, "moved": dict(moved)}
    )
    return merger


def _check(old: Organisation, new: Organisation) -> None:
    if old.pk == new.pk:
        raise MembershipError(_("An organisation cannot merge into itself."))
    if old.merged_into_id is not None:
        raise MembershipError(_("This organisation merged into another one already."))
    if new.merged_into_id is not None:
        raise MembershipError(_("Choose a successor that did not merge into another one itself."))


def _move_member(membership: Membership, old: Organisation, new: Organisation, by: User) -> None:
    there = Membership.objects.filter(user_id=membership.user_id, organisation=new, state__in=OPEN).first()
    if there is not None:
        _join_into(membership, there, by)
        return
    membership.organisation = new
    membership.save(update_fields=["organisation"])
    record(membership, Kind.ORGANISATION, (old.name, new.name), by=by)
    if membership.is_active:
        mails.organisation_merged(membership, old)


def _join_into(membership: Membership, there: Membership, by: User) -> None:
    """She belonged to both: one membership stays, with the roles of both, and her place in the LIVC-R."""
    if membership.is_active:
        if not there.is_active:
            there.state, there.since, there.origin = MembershipState.ACTIVE, membership.since, Origin.MERGER
            there.save(update_fields=["state", "since", "origin"])
            record(there, Kind.STATE, (MembershipState.REQUESTED, there.state), by=by)
        set_roles(there, {*there.roles, *membership.roles}, by=by)
        if not LivcMembership.objects.not_ended().filter(membership=there).exists():
            LivcMembership.objects.not_ended().filter(membership=membership).update(membership=there)
    old_state = membership.state
    membership.state, membership.ended_on, membership.ended_by = MembershipState.ENDED, timezone.localdate(), by
    membership.save(update_fields=["state", "ended_on", "ended_by"])
    LivcMembership.objects.not_ended().filter(membership=membership).update(ended_on=timezone.localdate(), ended_by=by)
    record(membership, Kind.STATE, (old_state, membership.state), by=by, why=str(there.organisation))
    derive(membership.user)


def _move_invitations(old: Organisation, new: Organisation) -> int:
    pending = Invitation.objects.pending()
    invited_there = list(pending.filter(organisation=new).values_list("email", flat=True))
    pending.filter(organisation=old, email__in=invited_there).update(revoked_at=timezone.now())
    return pending.filter(organisation=old).update(organisation=new)

"""Invitations: sending, sending again, revoking, accepting."""

import secrets
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import mails
from people.models import Invitation, Membership, MembershipState, Organisation, Origin, Role, User
from people.models.invitations import expiry, token_hash
from people.services.errors import InvitationError, MembershipError
from people.services.history import activate, set_roles
from people.services.joining import confirmed_addresses
from people.services.limits import one_at_a_time, take_invitations


@transaction.atomic
def invite(*, organisation: Organisation, emails: Iterable[str], roles: Iterable[str], by: User) -> list[Invitation]:
    """Mail every address a link. An address that has an open invitation gets a new link, with the roles of now.

    Whether an address has an account makes no difference, so that nobody can find out by inviting. Raises
    MembershipError; TooManyError past the limit of a day, and then none is sent.
    """
    if organisation.merged_into_id is not None:
        raise MembershipError(_("This organisation merged into another one. Choose that one."))
    wanted = [role.value for role in Role if role in {Role(role) for role in roles}] or [Role.EMPLOYEE.value]
    addresses = list(dict.fromkeys(email.strip().lower() for email in emails))
    take_invitations(by=by, emails=addresses)
    sent = []
    for email in addresses:
        open_one = Invitation.objects.pending().select_for_update().filter(organisation=organisation, email=email)
        invitation = open_one.first() or Invitation(organisation=organisation, email=email)
        invitation.roles, invitation.invited_by = wanted, by
        _send(invitation)
        sent.append(invitation)
    return sent


def _send(invitation: Invitation) -> None:
    """With a new link: an older one stops working."""
    token = secrets.token_urlsafe(32)
    invitation.token_hash = token_hash(token)
    invitation.invited_at, invitation.expires_at = timezone.now(), expiry()
    invitation.save()
    mails.invitation(invitation, token)


def _locked(invitation: Invitation) -> Invitation:
    """Under lock; raises InvitationError when it was used or revoked."""
    found = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if found.accepted_at is not None:
        raise InvitationError(_("This invitation was used already."), "used")
    if found.revoked_at is not None:
        raise InvitationError(_("This invitation was revoked."), "revoked")
    return found


@transaction.atomic
def resend(*, invitation: Invitation, by: User) -> Invitation:
    """Raises InvitationError, TooManyError."""
    one_at_a_time()
    found = _locked(invitation)
    take_invitations(by=by, emails=[found.email])
    found.invited_by = by
    _send(found)
    return found


@transaction.atomic
def revoke(*, invitation: Invitation, by: User) -> Invitation:
    """Raises InvitationError."""
    found = _locked(invitation)
    found.revoked_at = timezone.now()
    found.save(update_fields=["revoked_at"])
    return found


def find(token: str) -> Invitation | None:
    return Invitation.objects.select_related("organisation", "invited_by").filter(token_hash=token_hash(token)).first()


def check(invitation: Invitation) -> None:
    """Raises InvitationError for one that does not work (any more)."""
    if invitation.accepted_at is not None:
        raise InvitationError(_("This invitation was used already."), "used")
    if invitation.revoked_at is not None:
        raise InvitationError(_("This invitation was revoked."), "revoked")
    if invitation.has_expired:
        raise InvitationError(_("This invitation is too old. Ask for a new one."), "expired")


@transaction.atomic
def accept(*, invitation: Invitation, user: User) -> Membership:
    """Become a member, once. Raises InvitationError: used, revoked, expired, or meant for another address."""
    found = _locked(invitation)
    check(found)
    if found.email.lower() not in confirmed_addresses(user):
        raise InvitationError(_("This invitation is for another e-mail address than yours."), "other_address")
    found.accepted_at, found.accepted_by = timezone.now(), user
    taken = Invitation.objects.pending().filter(pk=found.pk)
    if not taken.update(accepted_at=found.accepted_at, accepted_by=user):
        raise InvitationError(_("This invitation was used already."), "used")
    return _member(found, user)


def _member(invitation: Invitation, user: User) -> Membership:
    open_ones = Membership.objects.select_for_update(of=("self",)).filter(
        user=user, organisation=invitation.organisation
    )
    membership = open_ones.filter(state__in=("requested", "active")).first()
    if membership is not None and membership.state == MembershipState.ACTIVE:
        set_roles(membership, {*membership.roles, *invitation.roles}, by=invitation.invited_by)
        return membership
    membership = membership or Membership(user=user, organisation=invitation.organisation)
    activate(membership, origin=Origin.INVITATION, roles=invitation.roles, by=invitation.invited_by)
    return membership

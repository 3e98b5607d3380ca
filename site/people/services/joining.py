"""Becoming a member: by a confirmed address on a known domain, or by asking VVSG."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from people import mails
from people.models import Membership, MembershipState, Organisation, OrganisationDomain, Origin, Role, User
from people.services.errors import MembershipError
from people.services.history import Kind, activate, record


def confirmed_addresses(user: User) -> set[str]:
    return {
        address.lower()
        for address in EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    }


def organisations_of_domains(user: User) -> list[Organisation]:
    """The organisations of today on whose domain she has a confirmed address."""
    domains = {address.rpartition("@")[2] for address in confirmed_addresses(user)}
    found = OrganisationDomain.objects.filter(domain__in=domains, organisation__merged_into=None)
    return [row.organisation for row in found.select_related("organisation")]


def join_by_domain(*, user: User) -> list[Membership]:
    """Make somebody a member wherever her confirmed address says that she works. Answers the new memberships.

    Not where her membership once ended or was refused: her address may still work for a while. She can ask VVSG.
    """
    if not user.is_active:
        return []
    joined = []
    for organisation in organisations_of_domains(user):
        membership = _join(user, organisation)
        if membership is not None:
            joined.append(membership)
    return joined


def _join(user: User, organisation: Organisation) -> Membership | None:
    past = list(Membership.objects.filter(user=user, organisation=organisation))
    if any(membership.state != MembershipState.REQUESTED for membership in past):
        return None
    membership = past[0] if past else Membership(user=user, organisation=organisation)
    try:
        with transaction.atomic():
            activate(membership, origin=Origin.DOMAIN, roles=[Role.EMPLOYEE], by=None)
    except IntegrityError:  # signing in twice at once: the other one made it
        return None
    mails.tell_managers(membership)
    return membership


@transaction.atomic
def request_membership(*, user: User, organisation: Organisation, motivation: str) -> Membership:
    """Ask VVSG to become a member; on a known domain it needs no asking. Raises MembershipError."""
    if organisation.merged_into_id is not None:
        raise MembershipError(_("This organisation merged into another one. Choose that one."))
    open_ones = Membership.objects.filter(user=user, organisation=organisation, state__in=("requested", "active"))
    if open_ones.exists():
        raise MembershipError(_("You are a member of this organisation already, or you have asked for it."))
    if organisation in organisations_of_domains(user) and (membership := _join(user, organisation)):
        return membership
    membership = Membership(user=user, organisation=organisation, origin=Origin.APPROVAL, motivation=motivation.strip())
    try:
        with transaction.atomic():
            membership.save()
    except IntegrityError as error:
        raise MembershipError(_("You have asked for this already.")) from error
    record(membership, Kind.STATE, ("", membership.state), by=user, why=motivation)
    mails.membership_requested(membership)
    return membership


def _waiting(membership: Membership) -> Membership:
    """The request under lock; raises MembershipError when somebody decided already."""
    locked = Membership.objects.select_for_update(of=("self",)).select_related("user", "organisation")
    found = locked.get(pk=membership.pk)
    if found.state != MembershipState.REQUESTED:
        raise MembershipError(_("Somebody has decided on this request already."))
    return found


@transaction.atomic
def approve(*, membership: Membership, by: User, roles: Iterable[str] = (Role.EMPLOYEE,)) -> Membership:
    """VVSG says yes. Raises MembershipError when somebody was first."""
    found = _waiting(membership)
    activate(found, origin=Origin.APPROVAL, roles=roles, by=by)
    mails.tell_managers(found)
    return found


@transaction.atomic
def refuse(*, membership: Membership, by: User, reason: str) -> Membership:
    """VVSG says no, and why. Raises MembershipError."""
    if not reason.strip():
        raise MembershipError(_("Say why. The person gets your reason by mail."))
    found = _waiting(membership)
    found.state, found.reason = MembershipState.REFUSED, reason.strip()
    found.save(update_fields=["state", "reason"])
    record(found, Kind.STATE, (MembershipState.REQUESTED, found.state), by=by, why=found.reason)
    mails.membership_refused(found)
    return found


@transaction.atomic
def withdraw_request(*, membership: Membership, by: User) -> None:
    """She does not need it any more. Raises MembershipError."""
    found = _waiting(membership)
    found.state, found.ended_on, found.ended_by = MembershipState.ENDED, timezone.localdate(), by
    found.save(update_fields=["state", "ended_on", "ended_by"])
    record(found, Kind.STATE, (MembershipState.REQUESTED, found.state), by=by)

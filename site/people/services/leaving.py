"""Changing roles and leaving. Nothing is left without somebody who answers for it."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import holdings, mails
from people.holdings import Holding
from people.models import Invitation, LivcMembership, Membership, MembershipState, Role, User
from people.rights import derive, end_all_sessions
from people.services.errors import LastManagerError, MembershipError, SuccessorNeededError
from people.services.handing_over import Shares, check_successors, pass_on, share_out
from people.services.history import Kind, record, set_roles


def managers_of(organisation_id: int) -> list[Membership]:
    rows = Membership.objects.active().with_role(Role.MANAGER)
    rows = rows.filter(organisation_id=organisation_id, user__is_active=True)
    return list(rows.select_related("user"))


def is_last_manager(membership: Membership) -> bool:
    """Whether nobody else manages the members, while there are members left to manage."""
    managers = managers_of(membership.organisation_id)
    if [manager.pk for manager in managers] != [membership.pk]:
        return False
    others = Membership.objects.active().filter(organisation_id=membership.organisation_id).exclude(pk=membership.pk)
    return others.exists()


def _active(membership: Membership) -> Membership:
    """Under lock, together with all members of the organisation, so that two managers cannot leave at once."""
    rows = Membership.objects.select_for_update().filter(organisation_id=membership.organisation_id).order_by("pk")
    found = {row.pk: row for row in rows}.get(membership.pk)
    if found is None or found.state != MembershipState.ACTIVE:
        raise MembershipError(_("This membership has ended already."))
    return found


def _keep_a_manager(membership: Membership, by: User) -> None:
    """VVSG may leave an organisation without a manager for a while: its report shows that."""
    if is_last_manager(membership) and not by.has_perm("people.manage_memberships"):
        raise LastManagerError(
            _("Nobody else manages the members of %(organisation)s. Make a colleague manager first.")
            % {"organisation": membership.organisation}
        )


@transaction.atomic
def change_roles(*, membership: Membership, roles: Iterable[str], by: User) -> bool:
    """Make these the roles of an active member; False when nothing changed. Raises MembershipError."""
    found = _active(membership)
    wanted = set(roles)
    if Role.MANAGER in found.roles and Role.MANAGER not in wanted:
        _keep_a_manager(found, by)
    changed = set_roles(found, wanted, by=by)
    if changed and by.pk != found.user_id:
        mails.roles_changed(found)
    return changed


def leaves_for_good(membership: Membership) -> bool:
    """Whether it is her last membership: then her rights, her sessions and all that she answers for go."""
    others = Membership.objects.active().filter(user_id=membership.user_id).exclude(pk=membership.pk)
    return not others.exists()


@transaction.atomic
def end(
    *,
    membership: Membership,
    by: User,
    reason: str = "",
    everything_to: User | None = None,
    successors: Mapping[str, User] | None = None,
) -> Membership:
    """End a membership at once, with what depends on it. `successors` names people by `Holding.name`.

    Raises SuccessorNeededError when it is her last one and something would be nobody's, LastManagerError,
    MembershipError.
    """
    found = _active(membership)
    _keep_a_manager(found, by)
    user, for_good = found.user, leaves_for_good(found)
    shares = share_out(held := holdings.held_by(user), everything_to, successors or {})
    check_successors(user, shares)
    if for_good:
        _check_nothing_stays(held, shares)
    pass_on(found, shares, by=by, leaves=True)
    _end_livc(found, by, reason)
    found.state, found.ended_on, found.ended_by = MembershipState.ENDED, timezone.localdate(), by
    found.reason = reason.strip()
    found.save(update_fields=["state", "ended_on", "ended_by", "reason"])
    record(found, Kind.STATE, (MembershipState.ACTIVE, found.state), by=by, why=found.reason)
    pending = Invitation.objects.pending().filter(organisation_id=found.organisation_id, email=user.email)
    pending.update(revoked_at=timezone.now())
    derive(user)
    if for_good:
        user.groups.clear()
        end_all_sessions(user)
    mails.membership_ended(found)
    return found


def _check_nothing_stays(held: list[Holding], shares: Shares) -> None:
    if missing := len(held) - sum(len(share) for share in shares.values()):
        text = ngettext(
            "Choose who takes over: %(count)d thing would be nobody's.",
            "Choose who takes over: %(count)d things would be nobody's.",
            missing,
        )
        raise SuccessorNeededError(text % {"count": missing})


def _end_livc(membership: Membership, by: User, reason: str) -> None:
    rows = LivcMembership.objects.not_ended().filter(membership=membership)
    if rows.update(ended_on=timezone.localdate(), ended_by=by, end_reason=reason[:255]):
        record(membership, Kind.LIVC, ("granted", "ended"), by=by, why=reason)

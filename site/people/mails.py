"""The mails about membership. Each says what happened and what to do next; templates stand in `people/email/`."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from core.mail.services import absolute_url, post
from people import holdings
from people.holdings import Holding
from people.models import Invitation, LivcMembership, Membership, Organisation, Role, User

# So many mails at most about one request: VVSG is a small team, the queue itself is the memory.
KEEPERS_AT_MOST = 10


def keepers() -> list[User]:
    """Who manages members for VVSG: by group, not because she may do everything."""
    named = Q(groups__permissions__codename="manage_memberships") | Q(user_permissions__codename="manage_memberships")
    return list(User.objects.filter(named, is_active=True).distinct()[:KEEPERS_AT_MOST])


def _post(template: str, user: User, **context: Any) -> None:
    if user.is_active:
        post(template=f"people/email/{template}", to=user.email, context={"name": user.get_short_name(), **context})


def _to_member(template: str, membership: Membership, **context: Any) -> None:
    _post(template, membership.user, organisation=membership.organisation, **context)


def membership_active(membership: Membership) -> None:
    _to_member("membership_active", membership, roles=membership.role_names, url=absolute_url("my_page"))


def tell_managers(membership: Membership) -> None:
    """A manager of members learns who joined without her."""
    managers = Membership.objects.active().with_role(Role.MANAGER).filter(organisation=membership.organisation)
    for manager in managers.exclude(user=membership.user).select_related("user"):
        _post(
            "member_joined",
            manager.user,
            person=membership.user,
            organisation=membership.organisation,
            url=absolute_url("members_of", membership.organisation_id),
        )


def membership_requested(membership: Membership) -> None:
    for keeper in keepers():
        _post(
            "membership_requested",
            keeper,
            person=membership.user,
            organisation=membership.organisation,
            url=absolute_url("members_admin:request", membership.pk),
        )


def membership_refused(membership: Membership) -> None:
    _to_member("membership_refused", membership, reason=membership.reason)


def membership_ended(membership: Membership) -> None:
    _to_member("membership_ended", membership, reason=membership.reason, url=absolute_url("my_organisation"))


def roles_changed(membership: Membership) -> None:
    _to_member("roles_changed", membership, roles=membership.role_names, url=absolute_url("my_page"))


def organisation_merged(membership: Membership, old: Organisation) -> None:
    _to_member("organisation_merged", membership, old=old, url=absolute_url("my_page"))


def taken_over(new: User, old: User, share: Iterable[Holding], *, leaves: bool) -> None:
    titles = [holding.title for holding in holdings.shown_to(new, share)]
    _post("taken_over", new, person=old, titles=titles, leaves=leaves, url=absolute_url("my_page"))


def invitation(invited: Invitation, token: str) -> None:
    """To an address, not to a user: whether it has an account changes nothing."""
    context = {
        "organisation": invited.organisation,
        "inviter": invited.invited_by,
        "roles": invited.role_names,
        "until": invited.expires_at,
        "url": absolute_url("invitation", token),
    }
    post(template="people/email/invitation", to=invited.email, context=context)


def livc_granted(row: LivcMembership) -> None:
    _to_member("livc_granted", row.membership, until=row.valid_until)


def livc_ended(row: LivcMembership) -> None:
    _to_member("livc_ended", row.membership, reason=row.end_reason)


def livc_ends_soon(row: LivcMembership) -> None:
    """To the coordinators of the organisation, who have to say so, and to VVSG, who confirms."""
    organisation, person = row.membership.organisation, row.membership.user
    coordinators = Membership.objects.active().with_role(Role.COORDINATOR).filter(organisation=organisation)
    told = {found.user for found in coordinators.select_related("user")} | {person}
    about = {"person": person, "organisation": organisation, "until": row.valid_until}
    for user in told:
        _post("livc_ends_soon", user, **about)
    for keeper in set(keepers()) - told:
        _post("livc_ends_soon", keeper, **about, url=absolute_url("members_admin:livc"))

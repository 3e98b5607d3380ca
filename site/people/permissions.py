"""Who is asking, and what may she do: a stranger to an organisation gets a 404, too weak a role a 403."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from people.models import Invitation, Membership, MembershipState, Organisation, Role, User
from people.querysets import OrganisationQuerySet

KEEP = "people.manage_memberships"


def signed_in(request: HttpRequest) -> User:
    """The user of a request that only signed-in people can make; raises PermissionDenied."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def keeps_members(user: User) -> bool:
    """Whether she manages the members of every organisation, for VVSG."""
    return user.has_perm(KEEP)


def keeper(request: HttpRequest) -> User:
    """The user, where she manages members for VVSG; raises PermissionDenied."""
    user = signed_in(request)
    if not keeps_members(user):
        raise PermissionDenied
    return user


def managed_by(user: User) -> OrganisationQuerySet:
    """The organisations of which she manages the members herself."""
    mine = Membership.objects.active().with_role(Role.MANAGER).filter(user=user)
    return Organisation.objects.filter(pk__in=mine.values("organisation")).order_by("name")


def organisation_for(user: User, pk: int) -> Organisation:
    """An organisation of which she manages the members; a stranger gets Http404, a mere member PermissionDenied."""
    organisation = get_object_or_404(Organisation, pk=pk)
    if keeps_members(user) or managed_by(user).filter(pk=pk).exists():
        return organisation
    if Membership.objects.active().filter(user=user, organisation=organisation).exists():
        raise PermissionDenied
    raise Http404


def membership_for(user: User, pk: int) -> Membership:
    """An active membership that she manages; raises as `organisation_for`."""
    found = get_object_or_404(Membership.objects.in_full(), pk=pk, state=MembershipState.ACTIVE)
    organisation_for(user, found.organisation_id)
    return found


def invitation_for(user: User, pk: int) -> Invitation:
    """An invitation of an organisation that she manages; raises as `organisation_for`."""
    found = get_object_or_404(Invitation.objects.select_related("organisation"), pk=pk)
    organisation_for(user, found.organisation_id)
    return found


def request_of(user: User, pk: int) -> Membership:
    """Her own request that still waits; raises Http404."""
    return get_object_or_404(Membership, pk=pk, user=user, state=MembershipState.REQUESTED)

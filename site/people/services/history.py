"""The steps that every change of a membership shares: writing history, setting roles, becoming active."""

from collections.abc import Iterable

from django.utils import timezone

from people import mails
from people.models import Membership, MembershipEvent, MembershipRole, MembershipState, Origin, Role, User
from people.rights import derive

Kind = MembershipEvent.Kind


def record(membership: Membership, kind: Kind, change: tuple[str, str], *, by: User | None, why: str = "") -> None:
    old, new = change
    MembershipEvent.objects.create(membership=membership, kind=kind, old=old[:255], new=new[:255], by=by, why=why)


def set_roles(membership: Membership, roles: Iterable[str], *, by: User | None) -> bool:
    """Make these the roles; everybody is at least a staff member. Writes history; False when nothing changed."""
    wanted = {Role(role) for role in roles} or {Role.EMPLOYEE}
    held = {Role(row.role) for row in MembershipRole.objects.filter(membership=membership)}
    if wanted == held:
        return False
    MembershipRole.objects.filter(membership=membership, role__in=held - wanted).delete()
    MembershipRole.objects.bulk_create(
        [MembershipRole(membership=membership, role=role) for role in Role if role in wanted - held]
    )
    record(membership, Kind.ROLES, (_codes(held), _codes(wanted)), by=by)
    membership.__dict__.pop("_prefetched_objects_cache", None)
    return True


def _codes(roles: set[Role]) -> str:
    return ", ".join(role.value for role in Role if role in roles)


def activate(membership: Membership, *, origin: Origin, roles: Iterable[str], by: User | None, why: str = "") -> None:
    """Make a new or requested membership active, with rights and a mail that says what is possible now."""
    old = membership.state if membership.pk else ""
    membership.state, membership.origin, membership.since = MembershipState.ACTIVE, origin, timezone.localdate()
    membership.save()
    record(membership, Kind.STATE, (old, membership.state), by=by, why=why)
    set_roles(membership, roles, by=by)
    derive(membership.user)
    mails.membership_active(membership)

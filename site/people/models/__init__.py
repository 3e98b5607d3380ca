"""Who uses the site, the bodies they work for, and how one belongs to the other."""

from people.models.audit import AuditAction, AuditEntry
from people.models.invitations import Invitation
from people.models.livc import LivcMembership
from people.models.memberships import Membership, MembershipEvent, MembershipRole, MembershipState, Origin, Role
from people.models.organisations import (
    Organisation,
    OrganisationDomain,
    OrganisationKind,
    OrganisationMerger,
    Province,
    SizeClass,
)
from people.models.users import User, UserManager

__all__ = [
    "AuditAction",
    "AuditEntry",
    "Invitation",
    "LivcMembership",
    "Membership",
    "MembershipEvent",
    "MembershipRole",
    "MembershipState",
    "Organisation",
    "OrganisationDomain",
    "OrganisationKind",
    "OrganisationMerger",
    "Origin",
    "Province",
    "Role",
    "SizeClass",
    "User",
    "UserManager",
]

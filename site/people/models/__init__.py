"""Who uses the site, the bodies they work for, and how one belongs to the other."""

from people.models.organisations import Organisation, OrganisationKind, Province
from people.models.users import User, UserManager

__all__ = ["Organisation", "OrganisationKind", "Province", "User", "UserManager"]

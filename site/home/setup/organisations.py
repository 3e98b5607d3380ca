"""The organisation that every installation has."""

from people.models import Organisation, OrganisationKind

NAME = "VVSG"


def ensure_vvsg() -> Organisation:
    """VVSG itself, once: what an intervision group shares is shared in its name."""
    found = Organisation.objects.filter(kind=OrganisationKind.VVSG, merged_into=None).order_by("pk").first()
    return found or Organisation.objects.create(kind=OrganisationKind.VVSG, name=NAME)

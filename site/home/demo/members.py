"""Members, requests and a LIVC-R circle of a municipality that does not exist: nothing here is said of a real one."""

import datetime
from collections.abc import Mapping
from typing import NamedTuple

from django.utils import timezone

from people.models import (
    LivcMembership,
    Membership,
    MembershipEvent,
    MembershipRole,
    Organisation,
    OrganisationDomain,
    OrganisationKind,
    Province,
    Role,
    SizeClass,
    User,
)
from people.rights import derive

TOWN = "Gemeente Voorbeelddorp (demo)"
PARTNER = "Jeugdwerk Voorbeelddorp (demo)"
OFFICE = "VVSG-redactie (demo)"
DOMAIN = "voorbeelddorp.example"  # whoever makes an account there becomes a member of the town
LAST_DAY_IN = datetime.timedelta(days=24)
WORD = "Demo: coördinator van Voorbeelddorp, op 3 november"


class Part(NamedTuple):
    """A demo person's place: `state` is active or requested."""

    email: str
    organisation: str
    roles: tuple[Role, ...]
    state: str = "active"


PARTS = (
    Part("redacteur@ankerplaats.example", OFFICE, (Role.EMPLOYEE,)),
    Part("eindredacteur@ankerplaats.example", OFFICE, (Role.EMPLOYEE, Role.MANAGER)),
    Part("ambtenaar@ankerplaats.example", TOWN, (Role.EMPLOYEE, Role.OFFICER)),
    Part("beheerder@ankerplaats.example", TOWN, (Role.EMPLOYEE, Role.DECIDER, Role.MANAGER)),
    Part("livc@ankerplaats.example", TOWN, (Role.EMPLOYEE, Role.COORDINATOR)),
    Part("nieuw@ankerplaats.example", PARTNER, (), "requested"),
)
KINDS = {TOWN: OrganisationKind.MUNICIPALITY, PARTNER: OrganisationKind.YOUTH_WORK, OFFICE: OrganisationKind.OTHER}
IN_CIRCLE = "livc@ankerplaats.example"


def load_members(users: Mapping[str, User]) -> int:
    """Give the demo people, by e-mail address, their places; leaves alone what is there. Answers the new ones."""
    bodies = {name: Organisation.objects.get_or_create(name=name, kind=kind)[0] for name, kind in KINDS.items()}
    Organisation.objects.filter(pk=bodies[TOWN].pk).update(province=Province.ANTWERPEN, size_class=SizeClass.S)
    OrganisationDomain.objects.get_or_create(domain=DOMAIN, defaults={"organisation": bodies[TOWN]})
    made = 0
    for part in PARTS:
        user, body = users[part.email], bodies[part.organisation]
        if Membership.objects.filter(user=user, organisation=body).exists():
            continue
        made += 1
        active = part.state == "active"
        membership = Membership.objects.create(
            user=user,
            organisation=body,
            state=part.state,
            origin="approval",
            since=timezone.localdate() if active else None,
            motivation=""
            if active
            else "Demo: ik begeleid jongeren in Voorbeelddorp en zoek materiaal over polarisatie.",
        )
        MembershipEvent.objects.create(membership=membership, kind="state", new=part.state, why="Demo")
        MembershipRole.objects.bulk_create([MembershipRole(membership=membership, role=role) for role in part.roles])
        if part.email == IN_CIRCLE:
            _let_in(membership)
        derive(user)
    return made


def _let_in(membership: Membership) -> None:
    """Ends within a month: the list of what has to be confirmed is not empty."""
    today = timezone.localdate()
    LivcMembership.objects.create(
        membership=membership, on_word_of=WORD, valid_from=today, confirmed_on=today, valid_until=today + LAST_DAY_IN
    )

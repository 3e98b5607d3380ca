"""The people of two organisations: a manager, a member, a stranger, and VVSG's keeper of members."""

from dataclasses import dataclass

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from home.setup.permissions import MEMBER_KEEPERS
from people.models import Membership, Organisation, User
from tests.conftest import Cast
from tests.factories import make_member, make_organisation, make_user


@dataclass
class Town:
    """Mechelen with its people; Aalst is where the stranger manages the members."""

    organisation: Organisation
    other: Organisation
    manager: Membership
    member: Membership
    stranger: Membership
    keeper: User

    def client(self, role: str) -> Client:
        """Signed in as anonymous, stranger, member, manager or keeper."""
        client = Client()
        if role != "anonymous":
            who = getattr(self, role)
            client.force_login(who.user if isinstance(who, Membership) else who)
        return client


@pytest.fixture
def town(cast: Cast) -> Town:
    mechelen, aalst = make_organisation("Mechelen"), make_organisation("Aalst")
    keeper = make_user("vvsg@voorbeeld.be", first_name="Vera", last_name="VVSG")
    keeper.groups.add(Group.objects.get(name=MEMBER_KEEPERS))
    return Town(
        organisation=mechelen,
        other=aalst,
        manager=make_member(
            make_user("baas@mechelen.example", first_name="Bo", last_name="Baas"), mechelen, "employee", "manager"
        ),
        member=make_member(make_user("mia@mechelen.example", first_name="Mia", last_name="Lid"), mechelen),
        stranger=make_member(
            make_user("sam@aalst.example", first_name="Sam", last_name="Vreemd"), aalst, "employee", "manager"
        ),
        keeper=keeper,
    )

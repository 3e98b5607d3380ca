from dataclasses import dataclass

import pytest
from django.test import Client

from people.models import User
from tests.experts.booking.making import Parties, make_parties
from tests.factories import make_user


@dataclass
class Desk:
    """VVSG's desk, the parties of a booking, and whoever else may look at the admin."""

    parties: Parties
    people: dict[str, User]

    def client(self, role: str = "desk") -> Client:
        client = Client()
        if role != "anonymous":
            client.force_login(self.people[role])
        return client


@pytest.fixture
def desk(cast) -> Desk:
    parties = make_parties()
    people = {
        "desk": parties.desk,
        "editor": cast.editor,
        "practitioner": cast.practitioner,
        "decider": parties.decider,
        "acting": parties.acting,
        "stranger": make_user(),
    }
    return Desk(parties, people)

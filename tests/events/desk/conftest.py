from dataclasses import dataclass

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from events.models import EventPage
from people.models import User
from tests.events.factories import make_event, make_organiser, make_participant
from tests.factories import make_user


@dataclass
class Desk:
    """An event, who organises it, and whoever else may look at the admin."""

    event: EventPage
    people: dict[str, User]

    @property
    def organiser(self) -> User:
        return self.people["organiser"]

    def client(self, role: str = "organiser") -> Client:
        client = Client()
        if role != "anonymous":
            client.force_login(self.people[role])
        return client

    def url(self, name: str, *args: object) -> str:
        """Of a page of the desk about the event."""
        return reverse(f"event_desk:{name}", args=[self.event.pk, *args])

    def page(self, name: str, *args: object, **query: object) -> str:
        answer = self.client().get(self.url(name, *args), query)
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()


@pytest.fixture
def desk(cast) -> Desk:
    pool_desk = make_user("expertenpool@voorbeeld.be")
    for codename in ("manage_bookings", "access_admin"):
        pool_desk.user_permissions.add(Permission.objects.get(codename=codename))
    people = {
        "organiser": make_organiser("vorming@voorbeeld.be"),
        "editor": cast.editor,
        "moderator": cast.moderator,
        "practitioner": cast.practitioner,
        "pool_desk": pool_desk,
        "participant": make_participant(),
        "stranger": make_user(),
    }
    return Desk(make_event(capacity=10), people)

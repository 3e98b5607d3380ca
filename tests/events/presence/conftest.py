import datetime
from dataclasses import dataclass, field

import pytest
from django.test import Client
from django.utils import timezone

from core.mail.models import OutgoingMail
from events.models import EventLeader, EventPage, Registration, Session
from experts.models import ExpertAccount
from people.models import User
from tests.events.factories import (
    add_session,
    make_event,
    make_organiser,
    make_participant,
    make_registration,
)
from tests.experts.factories import make_expert
from tests.factories import make_user


def ago(**how_long: float) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(**how_long)


@dataclass
class Day:
    """An event that runs now, and everybody who could look at who is there."""

    event: EventPage
    session: Session
    people: dict[str, User] = field(default_factory=dict)

    def client(self, role: str) -> Client:
        client = Client()
        if role != "anonymous":
            client.force_login(self.people[role])
        return client

    @property
    def mine(self) -> Registration:
        return Registration.objects.select_related("event").get(user=self.people["participant"])

    def be_over(self, **how_long: float) -> None:
        """The event ended so long ago; an hour and a half, as planned."""
        end = ago(**how_long)
        Session.objects.filter(pk=self.session.pk).update(starts_at=end - datetime.timedelta(minutes=90), ends_at=end)
        self.session.refresh_from_db()


def running_session(event: EventPage, **overrides: object) -> Session:
    """Began half an hour ago, and takes an hour and a half."""
    moments = {"starts_at": ago(minutes=30), "ends_at": ago(minutes=-60)}
    return add_session(event, **(moments | overrides))


def led_by(event: EventPage, user: User) -> None:
    expert = make_expert()
    ExpertAccount.objects.create(expert=expert, user=user)
    EventLeader.objects.create(event=event, expert=expert)


@pytest.fixture
def day(tree: object) -> Day:
    event = make_event(title="Spanningen in de wijk", sessions=0)
    session = running_session(event)
    people = {
        "participant": make_participant("petra@voorbeeld.be"),
        "organiser": make_organiser("olga@voorbeeld.be"),
        "leader": make_user("leidster@voorbeeld.be"),
        "other_leader": make_user("ander@voorbeeld.be"),
        "stranger": make_participant("vreemd@voorbeeld.be"),
    }
    led_by(event, people["leader"])
    led_by(make_event(), people["other_leader"])
    make_registration(event, people["participant"])
    OutgoingMail.objects.all().delete()
    return Day(EventPage.objects.get(pk=event.pk), session, people)

"""A group with everything in it, and everybody who is no member of it."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from core.mail.models import OutgoingMail
from events.choices import MemberState
from events.intervision import services
from events.models import CaseBrought, GroupLesson, GroupMember, IntervisionGroup, Meeting, RoomFile
from home.setup.permissions import EDITORS, MODERATORS
from people.models import User
from tests.conftest import Cast
from tests.events.factories import add_group_member, make_group, make_meeting, make_organiser, make_participant
from tests.factories import make_user

RARE = "kwartelmist"
SECRETS = (RARE, "zilverpad", "lantaarnveld", "duinregel", "nevelgroep", "mosnotitie", "Facilia")


@dataclass
class Room:
    """`clients` are browsers by what somebody is; nobody in `OUTSIDERS` is in the group."""

    group: IntervisionGroup
    facilitator: GroupMember
    member: GroupMember
    others: list[GroupMember]
    meeting: Meeting
    case: CaseBrought
    file: RoomFile
    lesson: GroupLesson
    candidate: GroupMember
    clients: dict[str, Client] = field(default_factory=dict)

    def client(self, name: str) -> Client:
        return self.clients[name]


OUTSIDERS = (
    *("stranger", "practitioner", "other_member", "former", "candidate", "editor", "moderator", "organiser", "admin"),
)


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def told(**overrides: Any) -> dict[str, Any]:
    fields = {"title": "Een les", "text": "Praat eerst met elkaar.", "about": None, "outcome": ""}
    return {**fields, **overrides}


def make_room() -> Room:
    group = make_group(members=0, name="Groep nevelgroep", purpose="Over lantaarnveld.", rules="Regel duinregel.")
    group.opened_at = timezone.now()
    group.save()
    facilitator = add_group_member(group, make_participant_called("Facilia"), part="facilitator")
    others = [add_group_member(group) for _number in range(4)]
    meeting = make_meeting(group, agenda="Eerst zilverpad.")
    case = services.bring(meeting=meeting, by=others[0], title=f"Wat met {RARE}", text=f"Het gaat over {RARE}.")
    upload = SimpleUploadedFile("mosnotitie.txt", b"Lees mosnotitie.")
    file = services.add_file(by=others[1], file=upload, title="Mosnotitie")
    lesson = services.write_lesson(by=others[1], told=told(text="Over zilverpad."), cases=[case])
    asker = make_participant()
    candidate = GroupMember.objects.create(group=group, user=asker, state=MemberState.ASKED, motivation="Graag.")
    return Room(group, facilitator, others[0], others[1:], meeting, case, file, lesson, candidate)


def make_participant_called(name: str) -> User:
    user = make_participant()
    user.first_name = name
    user.save()
    return user


@pytest.fixture
def room(cast: Cast) -> Room:
    """Everybody who might try the door."""
    made = make_room()
    other = make_group()
    former = add_group_member(made.group, state=MemberState.LEFT, ended_at=timezone.now())
    admin = cast.admin
    organiser = make_organiser()
    organiser.groups.add(*Group.objects.filter(name__in=(EDITORS, MODERATORS)))
    people = {
        "stranger": make_user(),
        "practitioner": make_participant(),
        "other_member": other.members.get(part="facilitator").user,
        "former": former.user,
        "candidate": made.candidate.user,
        "editor": cast.editor,
        "moderator": cast.moderator,
        "organiser": organiser,
        "admin": admin,
        "facilitator": made.facilitator.user,
        "member": made.member.user,
        "another": made.others[0].user,
    }
    made.clients = {name: browser_of(user) for name, user in people.items()}
    made.clients["anonymous"] = Client()
    return made


def confirm(user: User) -> None:
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[..., datetime.datetime]:
    """`clock(days=3)`: from now on it is three days later than it really is."""
    start = timezone.now()

    def move(**later: float) -> datetime.datetime:
        moment = start + datetime.timedelta(**later)
        monkeypatch.setattr(timezone, "now", lambda: moment)
        return moment

    return move


def mails_to(email: str) -> list[str]:
    """Subject, text and attachments of what waits for somebody; mail is only sent after commit."""
    rows = OutgoingMail.objects.filter(to=email).order_by("pk")
    return [f"{row.subject}\n{row.body}\n{row.attachments}" for row in rows]

"""Two intervision groups that do not exist: one with its room in use, one still being made up."""

import datetime
from collections.abc import Mapping
from pathlib import Path

from django.core.files import File
from django.db.models import Max
from django.utils import timezone

from core.mail.models import OutgoingMail
from events.choices import Method
from events.intervision import services
from events.intervision.services.joining import invitation_for
from events.models import EventPage, GroupMember, IntervisionGroup, Meeting, MeetingPresence
from people.models import User

SLIDES = Path(__file__).with_name("materials") / "slides-vorming-demo.pdf"
ANNOUNCED_ON = "intervisie-ambtenaren-demo"
NAME, NEW_NAME = "Intervisiegroep Kade (demo)", "Intervisiegroep Steiger (demo)"
RULES = (
    "Wat in de groep gezegd wordt, blijft in de groep.\n"
    "Wij noemen geen namen en geen herkenbare plaatsen.\n"
    "Wij geven geen oordeel over elkaars werk: wij stellen vragen.\n"
    "Wie zich zorgen maakt over iemands veiligheid, bespreekt dat buiten de groep met de eigen leidinggevende."
)
FACILITATOR = "expert@ankerplaats.example"
MEMBERS = (
    "ambtenaar@ankerplaats.example",
    "beheerder@ankerplaats.example",
    "livc@ankerplaats.example",
    "expertenteam@ankerplaats.example",
)
QUESTION = "Hoe hou ik het gesprek open als iemand afhaakt?"
CASE = (
    "Demo: dit verhaal is verzonnen. Iemand die wij begeleiden komt steeds later en zegt steeds minder. "
    "Collega’s willen strenger zijn. Ik twijfel: wat verlies ik als ik druk zet?"
)
LESSON = {
    "title": "Wie afhaakt, zegt ook iets",
    "text": "Demo: benoem dat het stiller wordt en vraag wat er zou moeten veranderen, voor u strenger wordt.",
    "about": None,
    "outcome": "",
}


def load_intervision(users: Mapping[str, User], organiser: User) -> int:
    """Make the groups once, without a mail to anybody; answers how many."""
    if IntervisionGroup.objects.exists():
        return 0
    last_mail = OutgoingMail.objects.aggregate(last=Max("pk"))["last"] or 0
    page = EventPage.objects.get(slug=ANNOUNCED_ON)
    group = _made(NAME, Method.INCIDENT, organiser, page)
    facilitator = _accepted(group, users[FACILITATOR])
    for email in MEMBERS:
        services.invite(by=facilitator, email=email)
        _accepted(group, users[email])
    _meetings(group, facilitator, page)
    with SLIDES.open("rb") as handle:
        services.add_file(by=facilitator, file=File(handle, SLIDES.name), title="Onze methode in drie dia’s (demo)")
    starting = _accepted(_made(NEW_NAME, Method.APPRECIATIVE, organiser, None), users[FACILITATOR])
    services.invite(by=starting, email=MEMBERS[0])
    OutgoingMail.objects.filter(pk__gt=last_mail).delete()
    return 2


def _made(name: str, method: Method, organiser: User, page: EventPage | None) -> IntervisionGroup:
    told = {
        "name": name,
        "purpose": "Een verzonnen groep: vijf tot acht collega’s leren van elkaars vragen.",
        "method": method,
        "rules": RULES,
        "announced_on": page,
        "is_open": page is not None,
    }
    return services.make_group(by=organiser, told=told, facilitator=FACILITATOR)


def _accepted(group: IntervisionGroup, user: User) -> GroupMember:
    invitation = invitation_for(user, group)
    assert invitation is not None, "invited just before"  # noqa: S101
    return services.accept(invitation=invitation, user=user, name=user.get_full_name(), seen=group.rules_version)


def _meetings(group: IntervisionGroup, facilitator: GroupMember, page: EventPage) -> None:
    """On the days of the announcement; one of them a week ago, of which a lesson is still being written."""
    for session in page.sessions.all():
        told = {"starts_at": session.starts_at, "ends_at": session.ends_at, "place": session.venue, "online_link": ""}
        services.add_meeting(by=facilitator, told={**told, "agenda": "Welkom\nEén vraag, volgens de methode\nAfronden"})
    first, past = group.meetings.all()[:2]
    member, bringer, *_others = group.members.exclude(pk=facilitator.pk).order_by("pk")
    services.bring(meeting=first, by=member, title=QUESTION, text=CASE)
    told_of = services.bring(meeting=past, by=bringer, title="Demo: een vraag die al besproken is", text=CASE)
    services.write_lesson(by=facilitator, told=LESSON, cases=[told_of])
    _bring_back(past)


def _bring_back(meeting: Meeting) -> None:
    """Nobody plans a meeting in the past: this one was planned ahead, and took place since."""
    start = timezone.now() - datetime.timedelta(weeks=1)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=start, ends_at=start + datetime.timedelta(hours=2.5))
    meeting.cases.update(erase_on=timezone.localdate() + datetime.timedelta(weeks=1))
    members = meeting.group.members.order_by("pk")
    MeetingPresence.objects.bulk_create(
        MeetingPresence(meeting=meeting, member=member, present=number > 0) for number, member in enumerate(members)
    )

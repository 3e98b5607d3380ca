"""Twelve events around the day of loading. None of them exists; each says so in its title."""

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db.models import Max
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Page

from core.mail.models import OutgoingMail
from events.models import (
    EventIndexPage,
    EventLeader,
    EventMaterial,
    EventPage,
    EventPrivate,
    EventQuestion,
    EventRelated,
    EventSeries,
    Registration,
    Session,
)
from events.registration.services.leaving import withdraw
from events.registration.services.organising import cancel_event
from events.registration.services.registering import Applicant, register
from experts.booking.terms import is_working_day
from experts.models import ExpertPage
from home.demo.event_afterwards import look_back
from people.audiences import Audience
from people.models import Membership, Organisation, OrganisationKind, Province, Role, SizeClass, User
from people.services.closing import set_page_audience
from taxonomy.models import Concept

DATA = Path(__file__).with_name("events.json")
PLAIN = ("title", "slug", "kind", "summary", "body", "goals", "preparation", "for_whom", "open_to", "capacity", "price")
OPTIONAL = ("for_roles", "per_organisation", "conditions", "recording_url", "looking_back", "learnt")
ROLES = ("sectors", "themes", "forms")
A_YEAR = datetime.timedelta(days=365)
LATER = datetime.timedelta(weeks=52)  # the same day of the week, and nearly always the same side of the clock change
TOWNS = (
    ("Gemeente Voorbeeldstad (demo)", Province.OOST_VLAANDEREN, SizeClass.L),
    ("Gemeente Voorbeeldkerke (demo)", Province.WEST_VLAANDEREN, SizeClass.XS),
    ("Gemeente Voorbeeldberg (demo)", Province.LIMBURG, SizeClass.M),
    ("Gemeente Voorbeeldhoven (demo)", Province.VLAAMS_BRABANT, SizeClass.S),
)


def load_events(users: Mapping[str, User], concepts: Mapping[str, Concept], steward: User) -> int:
    """Make the events that are not there yet, without a mail to anybody; answers how many."""
    last_mail = OutgoingMail.objects.aggregate(last=Max("pk"))["last"] or 0
    index = EventIndexPage.objects.get()
    entries: list[dict[str, Any]] = json.loads(DATA.read_text(encoding="utf-8"))
    there = set(EventPage.objects.child_of(index).values_list("slug", flat=True))
    new = [entry for entry in entries if entry["slug"] not in there]
    towns = [_town(*town) for town in TOWNS]
    for entry in new:
        page = _Announcement(entry, concepts, steward).publish(index)
        people = [_member(users[email]) for email in entry.get("members", ())]
        people += [_participant(number, towns) for number in range(entry["registered"] + entry.get("waiting", 0))]
        _fill(page, entry, people, steward)
    OutgoingMail.objects.filter(pk__gt=last_mail).delete()
    return len(new)


def _town(name: str, province: Province, size: SizeClass) -> Organisation:
    fields = {"kind": OrganisationKind.MUNICIPALITY, "province": province, "size_class": size}
    return Organisation.objects.get_or_create(name=name, defaults=fields)[0]


class _Announcement:
    """The page of one entry. Past events are announced for next year first: nobody registers for what is over."""

    def __init__(self, entry: dict[str, Any], concepts: Mapping[str, Concept], steward: User) -> None:
        self.entry, self.concepts, self.steward = entry, concepts, steward

    def publish(self, index: EventIndexPage) -> EventPage:
        page = self._page()
        for role in ROLES:
            setattr(page, role, [self.concepts[slug] for slug in self.entry[role]])
        for name, children in self._children().items():
            setattr(page, name, children)
        index.add_child(instance=page)
        if audience := self.entry.get("closed"):
            set_page_audience(page, Audience(audience), by=self.steward)
        page.save_revision(log_action=False).publish()
        EventPrivate.objects.update_or_create(
            event=page,
            defaults={
                "online_link": self.entry.get("online_link", ""),
                "practical": self.entry.get("practical", ""),
                "contact_email": "vorming@ankerplaats.example",
            },
        )
        return EventPage.objects.get(pk=page.pk)

    def _page(self) -> EventPage:
        entry, today = self.entry, timezone.localdate()
        optional = {name: entry[name] for name in OPTIONAL if name in entry}
        series = entry.get("series")
        return EventPage(
            steward=self.steward,
            owner=self.steward,
            confirmed_on=today,
            review_date=today + A_YEAR,
            series=EventSeries.objects.get_or_create(title=series)[0] if series else None,
            registration_opens_at=_moment(entry["opens"], "09:00") if "opens" in entry else None,
            **{name: entry[name] for name in PLAIN},
            **{f"level_{level}": True for level in entry["levels"]},
            **optional,
        )

    def _children(self) -> dict[str, list[Any]]:
        entry = self.entry
        experts = {page.slug: page for page in ExpertPage.objects.all()}
        pages = {page.slug: page for page in Page.objects.filter(slug__in=entry["related"])}
        documents = get_document_model().objects.filter(title__in=entry.get("materials", ()))
        return {
            "sessions": [_session(fields, position) for position, fields in enumerate(entry["sessions"])],
            "leaders": [
                EventLeader(expert=experts[leader["expert"]]) if "expert" in leader else EventLeader(**leader)
                for leader in entry["leaders"]
            ],
            "questions": [EventQuestion(**fields) for fields in entry["questions"]],
            "related": [EventRelated(page=pages[slug]) for slug in entry["related"] if slug in pages],
            "materials": [EventMaterial(document=document) for document in documents],
        }


def _session(fields: dict[str, Any], position: int) -> Session:
    words = dict(fields)
    day, start, end = words.pop("day"), words.pop("start"), words.pop("end")
    later = LATER if day < 0 else datetime.timedelta()
    return Session(
        starts_at=_moment(day, start) + later, ends_at=_moment(day, end) + later, sort_order=position, **words
    )


def _moment(days: int, clock: str) -> datetime.datetime:
    """So many days from today, or the first working day after that, at this hour in Brussels."""
    day = timezone.localdate() + datetime.timedelta(days=days)
    while not is_working_day(day):
        day += datetime.timedelta(days=1)
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.fromisoformat(clock)))


def _fill(page: EventPage, entry: dict[str, Any], people: list[Applicant], steward: User) -> None:
    """Let people register, in their order, and then whatever else the entry tells."""
    choices = [session for session in page.sessions.all() if session.choice]
    for number, person in enumerate(people):
        register(
            event=page,
            person=person,
            by=steward,
            sessions=[choices[number % len(choices)]] if choices else (),
            conditions=True,
            on_list=number % 3 > 0,
        )
    for row in Registration.objects.filter(event=page)[: entry.get("withdrawn", 0)]:
        withdraw(registration=row, by=None, why="Demo: verhinderd")
    if entry["sessions"][0]["day"] < 0:
        look_back(page, entry, LATER)
    if reason := entry.get("cancelled"):
        cancel_event(event=page, why=reason, by=steward)


def _member(user: User) -> Applicant:
    """One of the demo logins, in the name of her municipality."""
    membership = Membership.objects.active().filter(user=user).select_related("organisation").earliest("pk")
    return Applicant(user.get_full_name(), user.email, user, membership.organisation, Role.OFFICER)


def _participant(number: int, towns: list[Organisation]) -> Applicant:
    return Applicant(
        name=f"Deelnemer {number + 1} (fictief)",
        email=f"deelnemer{number + 1}@ankerplaats.example",
        organisation=towns[number % len(towns)],
        role=("officer", "employee", "coordinator")[number % 3],
    )

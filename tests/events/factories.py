"""Makes events, who takes part in them, and intervision groups."""

import datetime
import itertools
from typing import Any

import wagtail_factories
from django.contrib.auth.models import Permission
from django.utils import timezone
from django.utils.text import slugify

from events.choices import SEATED, MemberState, Part, RegistrationState
from events.models import (
    EventIndexPage,
    EventPage,
    EventPrivate,
    EventState,
    GroupMember,
    IntervisionGroup,
    Meeting,
    Registration,
    Session,
)
from people.models import User
from tests.factories import make_member, make_organisation, make_tree, make_user

_count = itertools.count(1)


class EventIndexPageFactory(wagtail_factories.PageFactory):
    intro = "Wat u kunt volgen."

    class Meta:
        model = EventIndexPage


def make_event_index() -> EventIndexPage:
    """The calendar, once."""
    found = EventIndexPage.objects.first()
    return found or EventIndexPageFactory(parent=make_tree().home, title="Vorming", slug="vorming")


def in_days(days: float, hour: int = 9) -> datetime.datetime:
    """A moment on a day before or after today, in the time of Brussels."""
    day = timezone.localtime() + datetime.timedelta(days=days)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


def make_event(*, days: float = 14, sessions: int = 1, **overrides: Any) -> EventPage:
    """A live training in so many days, of half a day a week; free, ten places, open to members."""
    number = next(_count)
    title = overrides.pop("title", f"Vorming {number}")
    online_link = overrides.pop("online_link", "")
    fields = {
        "title": title,
        "slug": f"{slugify(title)}-{number}",
        "summary": "Leer hoe u een gesprek over spanningen voert.",
        "level_secondary": True,
        "capacity": 10,
        "review_date": timezone.localdate() + datetime.timedelta(days=365),
        "confirmed_on": timezone.localdate(),
        "steward": make_user(),
        **overrides,
    }
    many = {name: fields.pop(name) for name in ("sectors", "themes", "forms") if name in fields}
    event = EventPage(**fields)
    if event.live:
        event.first_published_at = event.last_published_at = timezone.now()
    parent = make_event_index()
    parent.refresh_from_db()
    parent.add_child(instance=event)
    for name, concepts in many.items():
        setattr(event, name, concepts)
    if many:
        event.save()
    for week in range(sessions):
        add_session(event, days=days + 7 * week)
    EventPrivate.objects.get_or_create(event=event, defaults={"online_link": online_link})
    EventState.objects.update_or_create(event=event, defaults={"wanted": event.capacity, "capacity": event.capacity})
    return EventPage.objects.get(pk=event.pk)


def add_session(event: EventPage, *, days: float = 14, **overrides: Any) -> Session:
    fields = {
        "title": "",
        "starts_at": in_days(days, 9),
        "ends_at": in_days(days, 12),
        "venue": "Huis van de stad",
        "address": "Marktplein 1, 9999 Voorbeeldstad",
        "accessibility": "Lift en aangepast toilet.",
        **overrides,
    }
    return Session.objects.create(event=event, **fields)


def make_registration(event: EventPage, user: User | None = None, **overrides: Any) -> Registration:
    """One person, with the counter of seats kept right; registered unless said otherwise."""
    number = next(_count)
    state = overrides.get("state", RegistrationState.REGISTERED)
    fields = {
        "user": user,
        "name": user.get_full_name() if user else f"Deelnemer {number}",
        "email": user.email if user else f"deelnemer{number}@voorbeeld.be",
        "state": state,
        "attendance_code": f"{number:06d}",
        **overrides,
    }
    if state == RegistrationState.WAITING:
        fields.setdefault("queued_at", timezone.now())
    if state == RegistrationState.OFFERED:
        fields.setdefault("held_until", timezone.now() + datetime.timedelta(days=2))
    registration = Registration.objects.create(event=event, **fields)
    taken = Registration.objects.filter(event=event, state__in=SEATED).count()
    EventState.objects.filter(event=event).update(taken=taken)
    return registration


def make_participant(email: str = "", **overrides: Any) -> User:
    """An active member of a municipality, who may register."""
    user = make_user(email, first_name="Petra", last_name=f"Deelnemer {next(_count)}", **overrides)
    make_member(user, make_organisation())
    return user


def make_organiser(email: str = "") -> User:
    """Somebody of VVSG who organises events."""
    user = make_user(email, first_name="Olga", last_name="Organisator")
    user.user_permissions.add(
        Permission.objects.get(content_type__app_label="events", codename="manage_events"),
        Permission.objects.get(codename="access_admin"),
    )
    return user


def make_group(*, members: int = 5, **overrides: Any) -> IntervisionGroup:
    """A group with a facilitator and members who all accepted the rules."""
    group = IntervisionGroup.objects.create(
        name=overrides.pop("name", f"Groep {next(_count)}"),
        rules=overrides.pop("rules", "Wat hier gezegd wordt, blijft hier."),
        **overrides,
    )
    for position in range(members):
        add_group_member(group, part=Part.FACILITATOR if position == 0 else Part.MEMBER)
    return group


def add_group_member(group: IntervisionGroup, user: User | None = None, **overrides: Any) -> GroupMember:
    user = user or make_participant()
    fields = {
        "state": MemberState.ACTIVE,
        "accepted_rules_at": timezone.now(),
        "accepted_name": user.get_full_name(),
        "accepted_version": group.rules_version,
        **overrides,
    }
    return GroupMember.objects.create(group=group, user=user, **fields)


def make_meeting(group: IntervisionGroup, *, days: float = 7, **overrides: Any) -> Meeting:
    fields = {"starts_at": in_days(days, 13), "ends_at": in_days(days, 16), "place": "Huis van de stad", **overrides}
    return Meeting.objects.create(group=group, **fields)

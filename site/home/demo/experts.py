"""Eight experts who do not exist: each says so in her name and her text. Our sources name nobody of the real pool."""

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils import timezone

from experts.models import (
    AvailabilityException,
    AvailabilityRules,
    ExpertAccount,
    ExpertIndexPage,
    ExpertOffer,
    ExpertPage,
    ExpertPrivate,
    ExpertReference,
    WeeklyDayPart,
)
from people.models import Organisation, OrganisationKind, User
from taxonomy.models import Concept

DATA = Path(__file__).with_name("experts.json")
PLAIN = ("title", "kind", "summary", "biography")
ROLES = ("specialisms", "themes", "forms")
POOL_FROM = datetime.date(2025, 1, 1)
A_YEAR = datetime.timedelta(days=365)
AWAY = datetime.timedelta(days=20)


def load_experts(users: Mapping[str, User], concepts: Mapping[str, Concept], steward: User) -> int:
    """Make the experts that are not there yet; answers how many."""
    index = ExpertIndexPage.objects.get()
    entries: list[dict[str, Any]] = json.loads(DATA.read_text(encoding="utf-8"))
    there = set(ExpertPage.objects.child_of(index).values_list("slug", flat=True))
    new = [entry for entry in entries if entry["slug"] not in there]
    for number, entry in enumerate(new):
        page = _page(entry, steward, concepts)
        index.add_child(instance=page)
        page.save_revision(log_action=False).publish()
        _people(page, entry, users)
        _availability(page, entry, number)
    _succeed(new)
    return len(new)


def _page(entry: dict[str, Any], steward: User, concepts: Mapping[str, Concept]) -> ExpertPage:
    today = timezone.localdate()
    page = ExpertPage(
        slug=entry["slug"],
        steward=steward,
        owner=steward,
        confirmed_on=today,
        review_date=today + A_YEAR,
        pool_from=POOL_FROM,
        pool_until=today - AWAY if entry.get("left") else None,
        organisation=_organisation(entry.get("organisation", "")),
        **{name: entry[name] for name in PLAIN},
        **{f"level_{level}": True for level in entry["levels"]},
    )
    for role in ROLES:
        setattr(page, role, [concepts[slug] for slug in entry[role]])
    setattr(page, "offers", [ExpertOffer(**offer) for offer in entry["offers"]])  # noqa: B010  # for mypy a class variable
    return page


def _organisation(name: str) -> Organisation | None:
    return Organisation.objects.get_or_create(name=name, kind=OrganisationKind.OTHER)[0] if name else None


def _people(page: ExpertPage, entry: dict[str, Any], users: Mapping[str, User]) -> None:
    for email in entry.get("accounts", ()):
        ExpertAccount.objects.create(expert=page, user=users[email])
    ExpertPrivate.objects.create(expert=page, notes="Demo: deze expert bestaat niet.")
    ExpertReference.objects.create(
        expert=page,
        organisation="Gemeente Voorbeelddorp (demo)",
        what="Een verzonnen opdracht, om te tonen hoe een referentie eruitziet.",
        when="voorjaar 2026",
        referee_name="Demoreferent (fictief)",
        referee_email=f"referent-{page.slug}@ankerplaats.example",
        confirmed_on=timezone.localdate() - AWAY,
    )


def _availability(page: ExpertPage, entry: dict[str, Any], number: int) -> None:
    """A weekly pattern, and a week away: for each a week later than for the one before."""
    AvailabilityRules.objects.create(expert=page, home_province=entry["home"])
    WeeklyDayPart.objects.bulk_create(
        WeeklyDayPart(expert=page, weekday=day, day_part=part) for part, days in entry["week"].items() for day in days
    )
    first = timezone.localdate() + datetime.timedelta(weeks=2 + number)
    AvailabilityException.objects.create(expert=page, first=first, last=first + datetime.timedelta(days=6), note="Demo")


def _succeed(entries: list[dict[str, Any]]) -> None:
    for entry in entries:
        if "successor" in entry:
            page = ExpertPage.objects.get(slug=entry["slug"])
            page.expert_successor = ExpertPage.objects.get(slug=entry["successor"])
            page.save_revision(log_action=False).publish()

"""Makes experts, what they offer, and the parties of a booking."""

import datetime
import itertools
from typing import Any

import wagtail_factories
from django.contrib.auth.models import Permission
from django.utils import timezone
from django.utils.text import slugify

from experts.choices import DayPart
from experts.models import (
    AvailabilityRules,
    ExpertAccount,
    ExpertIndexPage,
    ExpertOffer,
    ExpertPage,
    ExpertPrivate,
    WeeklyDayPart,
)
from people.models import Organisation, User
from tests.factories import make_member, make_organisation, make_tree, make_user

_count = itertools.count(1)
LONG_AGO = datetime.date(2020, 1, 1)
OFFER: dict[str, Any] = {
    "kind": "advice",
    "title": "Advies op maat",
    "day_parts": 1,
    "languages": ["nl"],
    "provinces": ["antwerpen"],
    "online": True,
    "municipality_cost": 0,
    "pool_cost": 250,
}


class ExpertIndexPageFactory(wagtail_factories.PageFactory):
    intro = "Wie u kunt vragen."

    class Meta:
        model = ExpertIndexPage


def make_expert_index() -> ExpertIndexPage:
    """The directory, once."""
    found = ExpertIndexPage.objects.first()
    return found or ExpertIndexPageFactory(parent=make_tree().home, title="Experten", slug="experten")


def make_expert(*, always_free: bool = True, **overrides: Any) -> ExpertPage:
    """A live expert of the pool with one offer, an account that acts for her, and every day-part of the week free."""
    number = next(_count)
    user = overrides.pop("user", None) or make_user(f"expert{number}@voorbeeld.be", first_name="Eva")
    title = overrides.pop("title", f"Expert {number}")
    fields = {
        "title": title,
        "slug": f"{slugify(title)}-{number}",
        "summary": "Helpt gemeenten na spanningen in een buurt.",
        "level_secondary": True,
        "pool_from": LONG_AGO,
        "review_date": timezone.localdate() + datetime.timedelta(days=365),
        "confirmed_on": timezone.localdate(),
        "steward": make_user(),
        **overrides,
    }
    many = {name: fields.pop(name) for name in ("specialisms", "themes", "forms") if name in fields}
    expert = ExpertPage(**fields)
    expert.offers = [ExpertOffer(**OFFER)]
    if expert.live:
        expert.first_published_at = expert.last_published_at = timezone.now()
    parent = make_expert_index()
    parent.refresh_from_db()
    parent.add_child(instance=expert)
    for name, concepts in many.items():
        setattr(expert, name, concepts)
    if many:
        expert.save()
    ExpertAccount.objects.create(expert=expert, user=user)
    ExpertPrivate.objects.create(expert=expert, mobile="0470 00 00 00")
    AvailabilityRules.objects.create(expert=expert, lead_days=0, max_per_week=21, home_province="antwerpen")
    if always_free:
        WeeklyDayPart.objects.bulk_create(
            WeeklyDayPart(expert=expert, weekday=weekday, day_part=part) for weekday in range(7) for part in DayPart
        )
    return expert


def make_offer(expert: ExpertPage, **overrides: Any) -> ExpertOffer:
    return ExpertOffer.objects.create(expert=expert, **OFFER | overrides)


def make_decider(organisation: Organisation | None = None, email: str = "") -> User:
    """Somebody who may commit her municipality."""
    user = make_user(email, first_name="Dina", last_name="Beslisser")
    make_member(user, organisation or make_organisation(), "decider")
    return user


def make_desk(email: str = "") -> User:
    """Somebody of VVSG who treats bookings."""
    user = make_user(email, first_name="Vera", last_name="Poolbeheer")
    user.user_permissions.add(
        Permission.objects.get(codename="manage_bookings"), Permission.objects.get(codename="access_admin")
    )
    return user


def acting_for(expert: ExpertPage) -> User:
    """The person who acts for an expert."""
    return expert.accounts.get().user

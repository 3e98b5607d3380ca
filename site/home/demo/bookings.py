"""Bookings in every state, of a municipality that does not exist: made by the services, as people would make them."""

import datetime
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from django.db.models import Max
from django.utils import timezone

from core.mail.models import OutgoingMail
from experts.afterwards import services as afterwards
from experts.availability.freedom import free_slots
from experts.booking import services
from experts.booking.terms import working_days_after
from experts.choices import Place
from experts.day_parts import Slot
from experts.models import BookedDayPart, Booking, ExpertPage, OptionDayPart, PoolYear, Quota
from home.demo.members import TOWN
from people.models import Organisation, SizeClass, User

DATA = Path(__file__).with_name("bookings.json")
BUDGET = 60_000  # euro, made up
DAY_PARTS = {SizeClass.XS: 12, SizeClass.S: 40, SizeClass.M: 40, SizeClass.L: 60, SizeClass.XL: 80, "": 20}  # made up
ANSWERS = {
    "answered": 4,
    "usable": 5,
    "expertise": 5,
    "organised": 4,
    "again": 5,
    "remarks": "Demo: verzonnen antwoord.",
}
REPORT = {"done": "Demo: een verzonnen verslag van een verzonnen dag.", "reached": 12, "learnt": ""}
LESSON = "Demo: spreek vooraf af wie wat opschrijft. Een vaste begeleider maakt dat mensen durven te vertellen."


class Parties(NamedTuple):
    decider: User
    colleague: User
    expert: User
    desk: User


def load_bookings(users: Mapping[str, User]) -> int:
    """Make them once, without a mail to anybody; answers how many."""
    if Booking.objects.exists():
        return 0
    last_mail = OutgoingMail.objects.aggregate(last=Max("pk"))["last"] or 0
    _budgets()
    town = Organisation.objects.get(name=TOWN)
    parties = Parties(
        decider=users["beheerder@ankerplaats.example"],
        colleague=users["ambtenaar@ankerplaats.example"],
        expert=users["expert@ankerplaats.example"],
        desk=users["eindredacteur@ankerplaats.example"],
    )
    entries: list[dict[str, Any]] = json.loads(DATA.read_text(encoding="utf-8"))
    for entry in entries:
        _Story(entry, town, parties).tell()
    OutgoingMail.objects.filter(pk__gt=last_mail).delete()
    return len(entries)


def _budgets() -> None:
    this = timezone.localdate().year
    for year in (this - 1, this, this + 1):
        pool_year, made = PoolYear.objects.get_or_create(year=year, defaults={"budget": BUDGET})
        if made:
            Quota.objects.bulk_create(
                Quota(pool_year=pool_year, size_class=size, day_parts=count) for size, count in DAY_PARTS.items()
            )


class _Story:
    """One booking, from its draft to the state of its entry."""

    def __init__(self, entry: dict[str, Any], town: Organisation, parties: Parties) -> None:
        self.entry, self.town, self.parties = entry, town, parties
        self.state: str = entry["state"]
        self.expert = ExpertPage.objects.filter(slug=entry.get("expert", "")).first()

    def tell(self) -> None:
        self.draft()
        steps = [self.submit, self.take_up, self.propose, self.accept, self.confirm]
        goals = {"draft": 0, "approval": 1, "requested": 1, "withdrawn": 1, "treatment": 2}
        goals |= {"proposed": 3, "expired": 3, "refused": 3, "passed_on": 3, "accepted": 4}
        for step in steps[: goals.get(self.state, len(steps))]:
            step()
        ends = {"withdrawn": self.withdraw, "expired": self.expire, "refused": self.refuse, "passed_on": self.pass_on}
        ends |= {"cancelled": self.cancel, "moving": self.move}
        if self.state in ends:
            ends[self.state]()
        if "ago" in self.entry:
            self.afterwards()

    @property
    def now(self) -> Booking:
        return Booking.objects.get(pk=self.booking.pk)

    def free(self, expert: ExpertPage | None, count: int, skip: int = 0) -> list[list[Slot]]:
        """Possibilities of so many day-parts each, from three weeks on; any day where nobody is asked yet."""
        start = timezone.localdate() + datetime.timedelta(days=21)
        if expert is None:  # an urgent question, for the first working days
            return [[Slot.parse(f"{working_days_after(timezone.localdate(), days)}-morning")] for days in (2, 3)]
        until = start + datetime.timedelta(days=120)
        found = sorted(free_slots([expert], start, until, place=Place.ON_SITE, province=self.town.province)[expert.pk])[
            skip:
        ]
        return [found[number : number + count] for number in (0, count)]

    def draft(self) -> None:
        entry = self.entry
        offer = self.expert.offers.filter(kind=entry["kind"]).first() if self.expert else None
        by = getattr(self.parties, entry["by"])
        self.booking = services.draft(
            by=by,
            organisation=self.town,
            subject=entry["subject"],
            question=entry["question"],
            offer_kind=entry["kind"],
            offer=offer,
            for_whom=entry["for_whom"],
            group_size=entry["size"],
            address="Voorbeeldplein 1, Voorbeelddorp (verzonnen)",
            is_urgent="urgent" in entry,
            urgency_reason=entry.get("urgent", ""),
            vvsg_searches=self.expert is None,
            contact_name=f"{by.first_name} {by.last_name}",
            contact_email=by.email,
            experts=[self.expert] if self.expert else [],
            options=self.free(self.expert, offer.day_parts if offer else 1),
        )

    def submit(self) -> None:
        services.submit(
            booking=self.now, by=self.parties.colleague if self.state == "approval" else self.parties.decider
        )

    def take_up(self) -> None:
        services.take_up(booking=self.now, by=self.parties.desk)

    def propose(self) -> None:
        services.propose(booking=self.now, experts=self.experts, by=self.parties.desk)

    @property
    def experts(self) -> list[ExpertPage]:
        return [self.expert] if self.expert else []

    @property
    def answering(self) -> User:
        """Who acts for the expert; VVSG notes the answer of those without an account."""
        acting = self.expert is not None and self.expert.accounts.filter(user=self.parties.expert).exists()
        return self.parties.expert if acting else self.parties.desk

    def accept(self) -> None:
        for expert in self.experts:
            option = self.now.options.all()[0]
            services.accept(booking=self.now, expert=expert, option=option, by=self.answering)

    def confirm(self) -> None:
        services.confirm(booking=self.now, by=self.parties.decider)

    def refuse(self) -> None:
        for expert in self.experts:
            services.refuse(
                booking=self.now, expert=expert, reason=self.entry["refusal"], note="Demo", by=self.answering
            )

    def pass_on(self) -> None:
        self.refuse()
        following = ExpertPage.objects.get(slug=self.entry["next"])
        services.pass_on(
            booking=self.now,
            experts=[following],
            options=self.free(following, 1, skip=6),
            by=self.parties.desk,
            why="Demo: de eerste expert had geen tijd.",
        )

    def withdraw(self) -> None:
        services.withdraw(booking=self.now, by=self.parties.decider, why="Demo: het is al opgelost.")

    def cancel(self) -> None:
        services.cancel(booking=self.now, by=self.parties.decider, why="Demo: te weinig inschrijvingen.")

    def expire(self) -> None:
        services.expire(booking=self.now, why="Demo: de dagen gingen voorbij.")

    def move(self) -> None:
        services.move(booking=self.now, options=self.free(self.expert, 1, skip=8), by=self.parties.decider)

    def afterwards(self) -> None:
        """As if it had been that many days ago, and what was told since."""
        self.shift()
        services.deliver(booking=self.now, by=None)
        if self.state in {"evaluated", "closed"}:
            afterwards.evaluate(booking=self.now, by=self.parties.decider, answers=ANSWERS)
        if self.state == "closed":
            for expert in self.experts:
                told = {**REPORT, "learnt": LESSON, "may_share": True}
                afterwards.report(booking=self.now, expert=expert, by=self.parties.desk, told=told)
            services.close(booking=self.now, by=self.parties.desk)

    def shift(self) -> None:
        """Move its days, its charge and its history whole weeks back."""
        chosen = self.now.options.get(chosen=True)
        last = max(part.day for part in chosen.day_parts.all())
        days = (last - timezone.localdate()).days + self.entry["ago"]
        back = datetime.timedelta(weeks=-(-days // 7))
        rows: list[OptionDayPart | BookedDayPart] = [*chosen.day_parts.all(), *self.booking.booked.all()]
        for row in rows:
            row.day -= back
            row.save(update_fields=["day"])
        for charge in self.booking.charges.all():
            charge.year = (datetime.date(charge.year, last.month, last.day) - back).year
            charge.save(update_fields=["year"])
        earlier = back + datetime.timedelta(days=14)
        for event in self.booking.history.all():
            event.at -= earlier
            event.save(update_fields=["at"])
        booking = self.now
        Booking.objects.filter(pk=booking.pk).update(
            created_at=booking.created_at - earlier,
            requested_at=(booking.requested_at or booking.created_at) - earlier,
        )

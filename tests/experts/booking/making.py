"""Makes bookings in any state, by the services themselves."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from experts.booking import services
from experts.choices import BookingState as State
from experts.choices import DayPart
from experts.day_parts import Slot
from experts.models import AvailabilityRules, Booking, BookingOption, ExpertPage
from people.models import Organisation, User
from tests.experts.factories import acting_for, make_decider, make_desk, make_expert
from tests.factories import make_member, make_organisation, make_user

PATH = (State.DRAFT, State.REQUESTED, State.TREATMENT, State.PROPOSED, State.ACCEPTED, State.CONFIRMED)


def slot(days: int = 30, part: str = "morning") -> Slot:
    """So many days from today."""
    return Slot(timezone.localdate() + datetime.timedelta(days=days), DayPart(part))


@dataclass
class Parties:
    """A municipality with a decision maker and a colleague, an expert, and VVSG's desk."""

    organisation: Organisation
    decider: User
    colleague: User
    expert: ExpertPage
    acting: User
    desk: User

    def draft(self, *, by: User | None = None, **fields: Any) -> Booking:
        given = {
            "subject": "Spanningen op het plein",
            "question": "Hoe gaan we om met spanningen tussen groepen jongeren?",
            "offer_kind": "advice",
            "experts": [self.expert],
            "options": [[slot(30)], [slot(31)]],
            **fields,
        }
        return services.draft(by=by or self.decider, organisation=self.organisation, **given)

    def booking(self, state: str = State.REQUESTED, **fields: Any) -> Booking:
        """On its way to this state, with the first option chosen."""
        booking = self.draft(**fields)
        steps = {
            State.REQUESTED: lambda: services.submit(booking=booking, by=self.decider),
            State.TREATMENT: lambda: services.take_up(booking=booking, by=self.desk),
            State.PROPOSED: lambda: services.propose(booking=booking, experts=[self.expert], by=self.desk),
            State.ACCEPTED: lambda: services.accept(
                booking=booking, expert=self.expert, option=self.option(booking), by=self.acting
            ),
            State.CONFIRMED: lambda: services.confirm(booking=booking, by=self.decider),
        }
        for step in PATH[1 : PATH.index(State(state)) + 1]:
            steps[step]()
        booking.refresh_from_db()
        return booking

    def option(self, booking: Booking, number: int = 0) -> BookingOption:
        return booking.options.all()[number]


def make_parties() -> Parties:
    organisation, expert = make_organisation(), make_expert()
    AvailabilityRules.objects.filter(expert=expert).update(works_on_holidays=True)  # tests count days from today
    colleague = make_user(first_name="Cas", last_name="Collega")
    make_member(colleague, organisation)
    return Parties(
        organisation=organisation,
        decider=make_decider(organisation),
        colleague=colleague,
        expert=expert,
        acting=acting_for(expert),
        desk=make_desk(),
    )


def taken(expert: ExpertPage) -> dict[Slot, bool]:
    """The day-parts that an expert cannot give away: confirmed (True) or held."""
    return {row.slot: row.confirmed for row in expert.booked.all()}

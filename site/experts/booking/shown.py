"""What a page shows of a booking to a reader: contact data only to a party, and only once it is agreed."""

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from experts.booking import people, words
from experts.booking.permissions import OPEN_ANSWERS
from experts.choices import AGREED, DONE, OVER, Answer, Party
from experts.models import Booking, BookingEvent, BookingExpert, BookingOption, ExpertPrivate


class Contact(NamedTuple):
    name: str
    email: str
    phone: str


class Line(NamedTuple):
    """A line of the history: of people only the party."""

    row: BookingEvent
    what: str
    who: str


def asked_rows(booking: Booking) -> list[BookingExpert]:
    return list(booking.asked.filter(answer__in=OPEN_ANSWERS).select_related("expert").order_by("pk"))


class Shown:
    """A booking in words, for somebody who is these parties."""

    def __init__(self, booking: Booking, parties: Iterable[Party]) -> None:
        self.booking, self.parties = booking, set(parties)

    @property
    def state(self) -> str:
        return words.state(self.booking)

    @property
    def turn(self) -> str:
        return words.turn(self.booking, self.parties)

    @property
    def next_step(self) -> str:
        return words.next_step(self.booking)

    @property
    def is_my_turn(self) -> bool:
        return self.booking.turn in self.parties

    @property
    def sees_history(self) -> bool:
        """An expert sees what concerns her: not who was asked before her, nor why."""
        return bool(self.parties & {Party.MUNICIPALITY, Party.VVSG})

    @cached_property
    def experts(self) -> list[BookingExpert]:
        return asked_rows(self.booking)

    @property
    def offer(self) -> str:
        """What was chosen from an expert's offers; not of one who is not asked any more."""
        offer = self.booking.offer
        return offer.title if offer and any(row.expert_id == offer.expert_id for row in self.experts) else ""

    @cached_property
    def _options(self) -> list[BookingOption]:
        return list(self.booking.options.prefetch_related("day_parts"))

    @property
    def options(self) -> list[str]:
        """The possibilities that are still open; the agreed one alone once there is one."""
        chosen = [option for option in self._options if option.chosen]
        return [words.option(option) for option in chosen or self._accepted or self._options if not option.moving]

    @property
    def _accepted(self) -> list[BookingOption]:
        """What one of two experts accepted: the other can take nothing else."""
        accepted = {row.option_id for row in self.experts if row.answer == Answer.ACCEPTED}
        return [option for option in self._options if option.pk in accepted]

    @property
    def is_chosen(self) -> bool:
        return any(option.chosen for option in self._options)

    @property
    def moving(self) -> list[str]:
        return [words.option(option) for option in self._options if option.moving]

    @property
    def moving_why(self) -> str:
        """Why other days are proposed, for whoever answers."""
        row = self.booking.history.filter(action="move").last() if self.booking.moving_by else None
        return row.why if row else ""

    @property
    def is_agreed(self) -> bool:
        return self.booking.state in (*AGREED, *DONE)

    @property
    def is_over(self) -> bool:
        return self.booking.state in OVER

    @property
    def municipality_contact(self) -> Contact | None:
        """For the expert and VVSG, once it is agreed; the municipality sees what it filled in."""
        booking = self.booking
        if not (self.is_agreed or self.parties & {Party.MUNICIPALITY, Party.VVSG}):
            return None
        if not booking.contact_name and not booking.contact_email:
            return None
        return Contact(booking.contact_name, booking.contact_email, booking.contact_phone)

    @property
    def expert_contacts(self) -> list[Contact]:
        """For the municipality and VVSG, once it is agreed."""
        if not self.is_agreed:
            return []
        return [self._contact(row) for row in self.experts]

    def _contact(self, row: BookingExpert) -> Contact:
        private = ExpertPrivate.objects.filter(expert=row.expert).first()
        to = people.expert(row.expert)
        return Contact(row.expert.title, to[0].email if to else "", private.mobile if private else "")

    @property
    def history(self) -> list[Line]:
        found = self.booking.history.exclude(action__in=("change_draft", "remind"))
        return [Line(row, words.event(row), str(Party(row.party).label)) for row in found]

"""The steps that every change of a booking shares: lock, check, write down. Only within a transaction."""

from django.utils import timezone
from django.utils.translation import gettext as _

from experts.booking import terms
from experts.booking.exceptions import BookingError, NotAllowed, StaleBooking
from experts.booking.flow import ACTIONS, STEPS, Action
from experts.booking.permissions import parties_of
from experts.choices import OVER, BookingState, Party
from experts.models import Booking, BookingEvent
from people.models import User


class Change:
    """One action on one booking: made, it has checked everything under lock; `done` writes it down."""

    def __init__(  # noqa: PLR0913
        self,
        name: str,
        booking: Booking,
        *,
        by: User | None,
        seen: int | None = None,
        why: str = "",
        speaks_for: Party | None = None,
    ) -> None:
        """`seen` is the version that was on the screen; `speaks_for`: whom a signed link speaks for."""
        self.action: Action = ACTIONS[name]
        self.by, self.why = by, why.strip()
        self.booking = Booking.objects.select_for_update().get(pk=booking.pk)
        self.old = BookingState(self.booking.state)
        if seen is not None and seen != self.booking.version:
            raise StaleBooking(_("Somebody changed this booking in the meantime. Look again, then decide."))
        if self.old not in self.action.sources:
            raise StaleBooking(
                _("This is not possible any more: the booking is “%(state)s” now.")
                % {"state": self.booking.get_state_display()}
            )
        self.party = speaks_for or self._party()
        if self.action.needs_reason and not self.why:
            raise BookingError(_("Say why."))

    def _party(self) -> Party:
        """In which capacity she acts; who asked comes before VVSG, so that history says what a reader expects."""
        parties = {Party.NOBODY} if self.by is None else parties_of(self.by, self.booking)
        order = (Party.EXPERT, Party.MUNICIPALITY, Party.DECIDER, Party.VVSG, Party.NOBODY)
        party = next((party for party in order if party in parties and party in self.action.who), None)
        if party is None:
            raise NotAllowed(_("You may not do this."))
        return party

    def done(self, target: BookingState | None = None, *, turn: Party | None = None) -> Booking:
        """Move to `target` (the action's usual one), give the turn, write history; answers the booking."""
        booking = self.booking
        booking.state = target or self.action.targets[0]
        step = STEPS[BookingState(booking.state)]
        booking.turn = turn or step.turn
        booking.turn_until = terms.until(step.term, urgent=booking.is_urgent)
        booking.version += 1
        booking.reminders, booking.reminded_at, booking.escalated_at = 0, None, None
        if booking.state in OVER:
            booking.closed_at, booking.held_until = timezone.now(), None
        booking.save()
        record(booking, self.action.name, by=self.by, party=self.party, old=self.old, why=self.why)
        return booking


def record(  # noqa: PLR0913
    booking: Booking, action: str, *, by: User | None = None, party: Party = Party.NOBODY, old: str = "", why: str = ""
) -> None:
    """A line of history."""
    BookingEvent.objects.create(
        booking=booking, action=action, by=by, party=party, old=old or booking.state, new=booking.state, why=why
    )

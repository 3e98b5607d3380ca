"""What happens to bookings by itself: `manage.py bookings`, every hour. Running it twice does nothing more.

Every booking is done in a transaction of its own, under lock, and only if it is still due then: one that fails is
logged, and keeps no other from its turn.
"""

import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from experts.booking import holding, mails, services, terms
from experts.booking.change import record
from experts.booking.flow import BEFORE_AGREEMENT
from experts.booking.services.treating import chosen_option
from experts.choices import BookingState as State
from experts.choices import Party
from experts.models import BookedDayPart, Booking, BookingEvent, BookingOption, OptionDayPart

logger = logging.getLogger(__name__)
MOST_REMINDERS = 2


@dataclass(frozen=True)
class Chore:
    """`due` finds the bookings, `do` gets one of them under lock."""

    name: str
    due: Callable[[], QuerySet[Booking]]
    do: Callable[[Booking], object]


def run() -> Counter[str]:
    """Do all that is due; answers how many bookings each chore did."""
    done: Counter[str] = Counter()
    for chore in CHORES:
        for pk in list(chore.due().values_list("pk", flat=True)):
            done[chore.name] += _do(chore, pk)
    return done


def _do(chore: Chore, pk: int) -> bool:
    try:
        with transaction.atomic():
            booking = chore.due().select_for_update(of=("self",)).filter(pk=pk).first()
            if booking is None:
                return False
            chore.do(booking)
    except Exception:  # whatever is wrong with one booking, the others go on
        logger.exception("The chore “%s” failed for booking %s.", chore.name, pk)
        return False
    return True


def _over() -> QuerySet[Booking]:
    return Booking.objects.filter(held_until__lt=timezone.now(), state__in=(*BEFORE_AGREEMENT, State.MOVING))


def release(booking: Booking) -> None:
    """What was held too long is free for others; a booking that was to move stays where it was."""
    if booking.state == State.MOVING:
        services.refuse_move(booking=booking, by=None, why=_("There was no answer in time."))
        return
    holding.release(booking)
    booking.held_until = None
    booking.save(update_fields=["held_until"])
    record(booking, "release")


def _expired() -> QuerySet[Booking]:
    """Every possible day has gone by; or whoever had the turn never answered. VVSG's own delay ends no request."""
    options = BookingOption.objects.filter(booking=OuterRef("pk"))
    past = OptionDayPart.objects.filter(option=OuterRef("pk"), day__lt=timezone.localdate())
    too_late = Exists(options) & ~Exists(options.filter(~Exists(past)))
    silent = Q(turn_until__lt=terms.overdue_since("expire")) & ~Q(turn=Party.VVSG)
    return Booking.objects.filter(too_late | silent, state__in=BEFORE_AGREEMENT)


def _expire(booking: Booking) -> None:
    services.expire(booking=booking, why=_("There was no answer in time, or the days went by."))


def _to_remind() -> QuerySet[Booking]:
    """Once when the term nearly ends, once when it is over, and then no more."""
    today = timezone.localdate()
    nearly = Q(reminders=0, turn_until__lte=terms.working_days_after(today, 1))
    over = Q(reminders=1, turn_until__lt=today)
    quiet = (State.DRAFT, State.DELIVERED, State.EVALUATED)  # `afterwards` asks for what comes after a delivery
    waiting = Booking.objects.exclude(state__in=quiet).exclude(turn=Party.NOBODY)
    moved_today = BookingEvent.objects.filter(booking=OuterRef("pk"), at__gte=timezone.now() - terms.days("rest"))
    return waiting.filter(nearly | over, ~Exists(moved_today))


def _remind(booking: Booking) -> None:
    booking.reminders += 1
    booking.reminded_at = timezone.now()
    booking.save(update_fields=["reminders", "reminded_at"])
    record(booking, "remind")
    mails.reminder(booking)


def _unanswered() -> QuerySet[Booking]:
    states = (State.APPROVAL, State.PROPOSED, State.ACCEPTED, State.MOVING)
    late = Booking.objects.filter(state__in=states, turn_until__lt=timezone.localdate(), escalated_at=None)
    return late.exclude(turn__in=(Party.VVSG, Party.NOBODY))


def _escalate(booking: Booking) -> None:
    booking.escalated_at = timezone.now()
    booking.save(update_fields=["escalated_at"])
    record(booking, "escalate")
    mails.escalated(booking)


def _agreed_days() -> QuerySet[BookedDayPart]:
    return BookedDayPart.objects.filter(booking=OuterRef("pk"), confirmed=True)


def _soon() -> QuerySet[Booking]:
    """Agreed for one of the next days, and nobody was told since the last time the day was set."""
    today = timezone.localdate()
    near = _agreed_days().filter(day__gt=today, day__lte=today + terms.days("soon"))
    told = BookingEvent.objects.filter(booking=OuterRef("pk"), action__in=("confirm", "accept_move", "soon"))
    last = Subquery(told.order_by("-at", "-pk").values("action")[:1])
    return (
        Booking.objects.annotate(last_said=last).filter(Exists(near), state=State.CONFIRMED).exclude(last_said="soon")
    )


def _tell_soon(booking: Booking) -> None:
    record(booking, "soon")
    if option := chosen_option(booking):
        mails.soon(booking, holding.experts_of(booking), option)


def _done() -> QuerySet[Booking]:
    """The day after the last day."""
    to_come = _agreed_days().filter(day__gte=timezone.localdate())
    agreed = Booking.objects.filter(state__in=(State.CONFIRMED, State.MOVING))
    return agreed.filter(Exists(_agreed_days()), ~Exists(to_come))


def _deliver(booking: Booking) -> None:
    if booking.state == State.MOVING:
        services.refuse_move(booking=booking, by=None, why=_("There was no answer in time."))
    services.deliver(booking=booking)


def _finished() -> QuerySet[Booking]:
    """Evaluated for a while; or not evaluated after two reminders and a long wait."""
    evaluated = Q(state=State.EVALUATED, turn_until__lt=timezone.localdate())
    silent = Q(state=State.DELIVERED, turn_until__lt=terms.overdue_since("expire"))
    return Booking.objects.filter(evaluated | silent)


CHORES = (
    Chore("released", _over, release),
    Chore("delivered", _done, _deliver),
    Chore("expired", _expired, _expire),
    Chore("reminded", _to_remind, _remind),
    Chore("escalated", _unanswered, _escalate),
    Chore("soon", _soon, _tell_soon),
    Chore("closed", _finished, lambda booking: services.close(booking=booking)),
)

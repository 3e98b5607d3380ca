"""The mails about a booking. Each says what happened and what to do next; templates: `experts/booking/email/`."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from core.mail.services import MailAttachment, absolute_url, post
from experts.booking import invitations, links, people, quota, words
from experts.booking.people import Recipient
from experts.booking.permissions import OPEN_ANSWERS
from experts.booking.sessions import sessions
from experts.choices import Party
from experts.day_parts import Slot
from experts.models import Booking, BookingExpert, BookingOption, ExpertPage

Files = Sequence[MailAttachment]
TO_ACT = {
    "accepted",
    "approval_asked",
    "asked",
    "delivered",
    "move_asked",
    "refused",
    "reminder",
    "requested",
    "sent_back",
}  # who gets these has the turn; others read whose it is


def _post(template: str, booking: Booking, to: Iterable[Recipient], files: Files = (), **context: Any) -> None:
    words_of_it = {
        "booking": booking,
        "organisation": booking.organisation,
        "until": booking.turn_until if template in TO_ACT else None,
        "turn": words.turn(booking),
        "next_step": words.next_step(booking),
    }
    for person in to:
        url = absolute_url("expert_desk:booking" if person.at_desk else "booking", booking.uid)
        whole = {**words_of_it, "name": person.name, "url": url, **context}
        post(template=f"experts/booking/email/{template}", to=person.email, context=whole, attachments=files)


def _days(slots: Iterable[Slot]) -> list[str]:
    return [session.in_words for session in sessions(slots)]


def approval_asked(booking: Booking) -> None:
    to = people.deciders(booking)
    _post("approval_asked", booking, to or people.vvsg(), person=booking.requested_by, nobody=not to)


def sent_back(booking: Booking, why: str) -> None:
    _post("sent_back", booking, people.municipality(booking), why=why)


def requested(booking: Booking) -> None:
    """VVSG hears at once; urgent ones say so in their subject."""
    unset = quota.unset(booking.organisation, quota.years_of(booking))
    experts = [row.expert.title for row in booking.asked.select_related("expert")]
    _post("requested", booking, people.vvsg(), experts=experts, unset=unset)
    _post("received", booking, people.municipality(booking))


def expert_asked(booking: Booking, experts: Iterable[ExpertPage], *, passed_on: bool = False) -> None:
    """With a link for every answer; and a word to the municipality."""
    experts = list(experts)
    for row in booking.asked.filter(expert__in=experts).exclude(asked_at=None).select_related("expert"):
        for person in people.expert(row.expert):
            _post("asked", booking, [person], **answers(row, person))
    names = ", ".join(expert.title for expert in experts)
    _post("proposed", booking, people.municipality(booking), experts=names, passed_on=passed_on)


def answers(row: BookingExpert, person: Recipient) -> dict[str, Any]:
    """The possibilities with their links, as one mail to an expert shows them."""
    options = row.booking.options.filter(moving=False).prefetch_related("day_parts")
    others = row.booking.asked.filter(answer__in=OPEN_ANSWERS, asked_at__isnull=False).exclude(pk=row.pk)
    return {
        "expert": row.expert.title,
        "together": [other.expert.title for other in others.select_related("expert")],
        "options": [(_days(option.slots), links.answer_url(row, option, person.user)) for option in options],
        "refuse_url": links.answer_url(row, None, person.user),
    }


def no_longer_asked(booking: Booking, experts: Iterable[ExpertPage]) -> None:
    for expert in experts:
        _post("no_longer_asked", booking, people.expert(expert))


def accepted(booking: Booking, option: BookingOption) -> None:
    to = people.deciders(booking) or people.municipality(booking)
    experts = [row.expert.title for row in booking.asked.filter(option=option).select_related("expert")]
    _post("accepted", booking, to, days=_days(option.slots), experts=", ".join(experts), number=len(experts))


def refused(booking: Booking, row: BookingExpert) -> None:
    _post("refused", booking, people.vvsg(), expert=row.expert.title, reason=row.get_refusal_display(), why=row.note)


def _both(
    template: str, booking: Booking, experts: Iterable[ExpertPage], files: Callable[..., Files], **context: Any
) -> None:
    """To the municipality and every expert, each with the files of its own appointment."""
    to = people.municipality(booking)
    _post(template, booking, to, files(None, to), **context)
    for expert in experts:
        to = people.expert(expert)
        _post(template, booking, to, files(expert, to), **context)


def confirmed(booking: Booking, experts: Iterable[ExpertPage], option: BookingOption) -> None:
    slots = option.slots
    _both(
        "confirmed", booking, experts, lambda side, to: invitations.invite(booking, slots, side, to), days=_days(slots)
    )


def moved(booking: Booking, experts: Iterable[ExpertPage], option: BookingOption, before: Sequence[Slot]) -> None:
    slots = option.slots
    _both(
        "moved",
        booking,
        experts,
        lambda side, to: invitations.invite(booking, slots, side, to, before),
        days=_days(slots),
        before=_days(before),
    )


def move_asked(booking: Booking, experts: Iterable[ExpertPage], agreed: Sequence[Slot], why: str) -> None:
    """To whoever has to answer; `agreed` stands until then."""
    options = [_days(row.slots) for row in booking.options.filter(moving=True).prefetch_related("day_parts")]
    if booking.turn == Party.EXPERT:
        waiting = booking.asked.filter(option=None, answer="accepted", expert__in=list(experts)).select_related(
            "expert"
        )
        to = [person for row in waiting for person in people.expert(row.expert)]
    else:
        to = people.municipality(booking)
    _post("move_asked", booking, to, options=options, agreed=_days(agreed), why=why)


def move_refused(booking: Booking, experts: Iterable[ExpertPage], why: str) -> None:
    _both("move_refused", booking, experts, lambda _side, _to: (), why=why)


def cancelled(
    booking: Booking, experts: Iterable[ExpertPage], option: BookingOption | None, *, why: str, who: Party
) -> None:
    """VVSG has nothing in its calendar: it gets no file."""
    slots = option.slots if option else []
    context: dict[str, Any] = {"days": _days(slots), "why": why, "late": booking.cancelled_late, "who": who.label}
    strike_out = partial(invitations.strike_out, booking, slots)
    _both("cancelled", booking, experts, strike_out, **context, file=True)
    _post("cancelled", booking, people.vvsg(), **context)


def invitation_ends(booking: Booking, experts: Iterable[ExpertPage], slots: Sequence[Slot]) -> None:
    """An agreed booking passes to another expert: the days of the former agreement go from the calendars."""
    booking.sequence += 1
    booking.save(update_fields=["sequence"])
    _both(
        "agreement_ended",
        booking,
        experts,
        lambda side, to: invitations.strike_out(booking, slots, side, to),
        days=_days(slots),
    )


def withdrawn(booking: Booking, experts: Iterable[ExpertPage], why: str, *, who: Party) -> None:
    """VVSG hears it, unless it did so itself."""
    _post("withdrawn", booking, [] if who == Party.VVSG else people.vvsg(), why=why)
    for expert in experts:
        _post("no_longer_asked", booking, people.expert(expert))


def expired(booking: Booking, experts: Iterable[ExpertPage]) -> None:
    _post("expired", booking, [*people.municipality(booking), *people.vvsg()])
    for expert in experts:
        _post("no_longer_asked", booking, people.expert(expert))


def closed_without(booking: Booking, why: str) -> None:
    _post("closed_without", booking, people.municipality(booking), why=why)


def delivered(booking: Booking) -> None:
    """With a link to the evaluation, for each of them her own."""
    for person in people.municipality(booking):
        _post("delivered", booking, [person], evaluation=links.evaluation_url(booking, person))


def reminder(booking: Booking) -> None:
    """To whoever has the turn; an expert gets her links once more."""
    if booking.turn == Party.EXPERT:
        for row in booking.asked.filter(answer="waiting").exclude(asked_at=None).select_related("expert"):
            for person in people.expert(row.expert):
                _post("reminder", booking, [person], **answers(row, person))
        if booking.moving_by:
            for row in booking.asked.filter(answer="accepted", option=None).select_related("expert"):
                _post("reminder", booking, people.expert(row.expert))
        return
    who = {Party.DECIDER: people.deciders, Party.MUNICIPALITY: people.municipality}.get(Party(booking.turn))
    _post("reminder", booking, (who(booking) if who else []) or people.vvsg())


def escalated(booking: Booking) -> None:
    _post("escalated", booking, people.vvsg(), who=Party(booking.turn).label)


def soon(booking: Booking, experts: Iterable[ExpertPage], option: BookingOption) -> None:
    _both("soon", booking, experts, lambda _side, _to: (), days=_days(option.slots))

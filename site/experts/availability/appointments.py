"""How bookings become appointments: the same ones in invitations by mail and in the feed."""

from collections.abc import Iterable

from experts.day_parts import Slot
from experts.models import Booking, ExpertPage


def uid(booking: Booking, expert: ExpertPage | None, number: int) -> str:
    """Of the appointment of one side (no expert: the municipality) for one session, numbered from 1.

    It begins with the booking's own, by which it is known again in a calendar that is read (`reading.worker`).
    """
    return f"{booking.uid}-{expert.pk if expert else 0}-{number}@ankerplaats"


def runs(slots: Iterable[Slot]) -> list[list[Slot]]:
    """Day-parts that follow each other on one day are one session."""
    found: list[list[Slot]] = []
    for slot in sorted(set(slots)):
        if found and found[-1][-1].day == slot.day and found[-1][-1].number + 1 == slot.number:
            found[-1].append(slot)
        else:
            found.append([slot])
    return found

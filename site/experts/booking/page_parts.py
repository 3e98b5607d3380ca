"""What other parts of the pool add to the page of a booking: a template and what it needs to know.

    page_parts.register(Part(order=20, template="experts/afterwards/evaluation.html", context=evaluation))

A part whose context is None is left out.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from experts.choices import Party
from experts.models import Booking
from people.models import User

Context = Callable[[Booking, User, Party], dict[str, Any] | None]


@dataclass(frozen=True, order=True)
class Part:
    """`order` counts from the top; `template` is drawn with what `context` answers as `part`."""

    order: int
    template: str = field(compare=False)
    context: Context = field(compare=False)


_parts: dict[str, Part] = {}


def register(part: Part) -> None:
    _parts[part.template] = part


def parts_for(booking: Booking, user: User, party: Party) -> list[tuple[str, dict[str, Any]]]:
    """Template and context of every part that has something to say to this reader."""
    drawn = []
    for part in sorted(_parts.values()):
        context = part.context(booking, user, party)
        if context is not None:
            drawn.append((part.template, context))
    return drawn

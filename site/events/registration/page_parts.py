"""What other parts add to the page of a registration: a template and what it needs to know.

    page_parts.register(Part(order=20, template="events/presence/code.html", context=code))

Drawn with what `context` answers as `part`, and `registration` besides; a part whose context is None is left out.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

from events.models import Registration

Context = Callable[[Registration, HttpRequest], dict[str, Any] | None]


@dataclass(frozen=True, order=True)
class Part:
    """`order` counts from the top."""

    order: int
    template: str = field(compare=False)
    context: Context = field(compare=False)


_parts: dict[str, Part] = {}


def register(part: Part) -> None:
    _parts[part.template] = part


def parts_for(registration: Registration, request: HttpRequest) -> list[tuple[str, dict[str, Any]]]:
    """Template and context of every part that has something to say to this reader."""
    drawn = ((part.template, part.context(registration, request)) for part in sorted(_parts.values()))
    return [(template, context) for template, context in drawn if context is not None]

"""What the parts of events add to the page of an event: each registers a template and what it needs to know.

    page_parts.register(Part("events/registration/box.html", box, place="register"))

`place` is where it stands: "register" below the facts, "after" below the text, "aside" beside it. The template is drawn
with what `context` answers as `part`, and `page` and `request` besides; a part whose context is None is left out.

Visitors get a kept page. A part that says something that no table of the generation follows, or something about this
reader, says `core.page_cache.leave_out()` itself; one that depends on the hour says `fresh_for(seconds)`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from django.http import HttpRequest

if TYPE_CHECKING:
    from events.models import EventPage

Place = Literal["register", "after", "aside"]


@dataclass(frozen=True, order=True)
class Part:
    """`order` counts from the top of its place."""

    template: str = field(compare=False)
    context: "Callable[[EventPage, HttpRequest], dict[str, Any] | None]" = field(compare=False)
    place: Place = field(default="after", compare=False)
    order: int = 50


_parts: dict[str, Part] = {}


def register(part: Part) -> None:
    _parts[part.template] = part


def parts_of(page: "EventPage", request: HttpRequest) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    """By place: template and context of every part that has something to say to this reader."""
    drawn: dict[str, list[tuple[str, dict[str, Any]]]] = {"register": [], "after": [], "aside": []}
    for part in sorted(_parts.values()):
        if (context := part.context(page, request)) is not None:
            drawn[part.place].append((part.template, context))
    return drawn

"""What the rooms above add beside the text of a practice: each registers a template and what it needs to know.

    page_parts.register(Part("experts/directory/who_took_part.html", context))

A part whose context is None is left out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

if TYPE_CHECKING:
    from practices.models import PracticePage


@dataclass(frozen=True)
class Part:
    template: str
    context: "Callable[[PracticePage, HttpRequest], dict[str, Any] | None]"


_parts: dict[str, Part] = {}


def register(part: Part) -> None:
    _parts[part.template] = part


def parts_of(page: "PracticePage", request: HttpRequest) -> list[tuple[str, dict[str, Any]]]:
    """Template and context of every part that has something to say to this reader."""
    drawn = ((part.template, part.context(page, request)) for part in _parts.values())
    return [(template, context) for template, context in drawn if context is not None]

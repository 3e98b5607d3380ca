"""What the rooms above add beside the text of a kind of page: each registers a template and what it needs to know.

    parts = Registry()
    parts.register(Part("experts/directory/who_took_part.html", context))

A part whose context is None is left out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest


@dataclass(frozen=True)
class Part:
    """`context` gets the page and the request; the template is drawn with its answer as `part`."""

    template: str
    context: Callable[[Any, HttpRequest], dict[str, Any] | None]


class Registry:
    """The parts of one kind of page."""

    def __init__(self) -> None:
        self._parts: dict[str, Part] = {}

    def register(self, part: Part) -> None:
        self._parts[part.template] = part

    def parts_of(self, page: Any, request: HttpRequest) -> list[tuple[str, dict[str, Any]]]:
        """Template and context of every part that has something to say to this reader."""
        drawn = ((part.template, part.context(page, request)) for part in self._parts.values())
        return [(template, context) for template, context in drawn if context is not None]

"""The sections of “My page”. An app adds its own: a template and what it needs to know.

    my_page.register(Section(order=20, template="events/my_registrations.html", context=my_registrations))

A section whose context is None is left out.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

Context = Callable[[HttpRequest], dict[str, Any] | None]


@dataclass(frozen=True, order=True)
class Section:
    """`order` counts from the top; `template` is drawn with what `context` answers."""

    order: int
    template: str = field(compare=False)
    context: Context = field(compare=False)


@dataclass(frozen=True)
class Asked:
    """One thing that is asked of the reader: a sentence and where she does it."""

    text: str
    url: str


Asking = Callable[[HttpRequest], list[Asked]]
_sections: dict[str, Section] = {}
_asking: dict[str, Asking] = {}


def register(section: Section) -> None:
    _sections[section.template] = section


def ask(name: str, asking: Asking) -> None:
    """Add to “What is asked of you”."""
    _asking[name] = asking


def sections_for(request: HttpRequest) -> list[tuple[str, dict[str, Any]]]:
    """Template and context of every section that has something to say."""
    drawn = []
    for section in sorted(_sections.values()):
        context = section.context(request)
        if context is not None:
            drawn.append((section.template, context))
    return drawn


def asked_of(request: HttpRequest) -> list[Asked]:
    return [asked for asking in _asking.values() for asked in asking(request)]

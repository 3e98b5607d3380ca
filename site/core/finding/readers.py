"""Who may see what, as this room asks it. The room `people` answers; it stands above and registers its answers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.core.exceptions import ImproperlyConfigured
from wagtail.models import Page

Reader: TypeAlias = Any  # a User or an AnonymousUser: the model of users stands above this room


@dataclass(frozen=True)
class Gate:
    """The tokens of a reader; those of pages, by page id; the live pages of a queryset that a reader may see; and
    whether she may see one."""

    audiences_of: Callable[[Any], frozenset[str]]
    audiences_of_pages: Callable[[Iterable[Page]], Mapping[int, frozenset[str]]]
    visible_to: Callable[[Any, Any], Any]
    may_see: Callable[[Page, Any], bool]


_gates: list[Gate] = []


def register(gate: Gate) -> None:
    _gates[:] = [gate]


def gate() -> Gate:
    if not _gates:
        raise ImproperlyConfigured("nobody registered who may see what")
    return _gates[0]

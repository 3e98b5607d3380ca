"""All that is held about somebody: shown to her, given to her as a file, and forgotten when her account goes.

Every app registers what it holds. `covers` names the fields that lead to a person, as `people.Membership.user`; a test
walks every model and fails for a field that nobody covers.

    personal_data.register(Provider("events", _("Registrations"), ("events.Registration.user",), rows, columns, forget))
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from people.models import User

Row: TypeAlias = Mapping[str, Any]
Label: TypeAlias = Any  # text, or lazy text


@dataclass(frozen=True)
class Provider:
    """`rows` answers what is held, `columns` names its parts for people, `forget` makes it anonymous or deletes it."""

    key: str
    title: Label
    covers: tuple[str, ...]
    columns: Mapping[str, Label]
    rows: Callable[[User], Iterable[Row]]
    forget: Callable[[User], None] | None = None


@dataclass(frozen=True)
class Held:
    """What one provider holds about one person."""

    key: str
    title: str
    columns: Mapping[str, Label]
    rows: list[Row] = field(default_factory=list)

    def table(self) -> list[list[tuple[str, Any]]]:
        """For people: the name of a part and its value, without what is empty."""
        return [
            [(str(label), row.get(name)) for name, label in self.columns.items() if row.get(name) not in (None, "", [])]
            for row in self.rows
        ]


_providers: dict[str, Provider] = {}
# Fields that lead to a person and hold nothing about her, each with the reason.
_explained: dict[str, str] = {}


def register(*providers: Provider) -> None:
    for provider in providers:
        _providers[provider.key] = provider


def explain(field_name: str, reason: str) -> None:
    """Name a field that needs no provider, and why."""
    _explained[field_name] = reason


def covered() -> set[str]:
    return {name for provider in _providers.values() for name in provider.covers} | set(_explained)


def held_about(user: User) -> list[Held]:
    return [
        Held(provider.key, str(provider.title), provider.columns, list(provider.rows(user)))
        for provider in _providers.values()
    ]


def as_data(user: User) -> dict[str, Any]:
    """For the file: every provider under its key, also where there is nothing."""
    return {held.key: [dict(row) for row in held.rows] for held in held_about(user)}


def forget(user: User) -> None:
    """The last registered first: by her addresses, which go at the end, others find what was sent to her."""
    for provider in reversed(_providers.values()):
        if provider.forget is not None:
            provider.forget(user)

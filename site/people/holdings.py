"""What people answer for, and what names an organisation: the apps above this one register it here.

When somebody leaves, all that she holds passes to a named successor; when organisations merge, what is the old one's
becomes the new one's; a report shows what nobody answers for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from people.models import Organisation, User


@dataclass(frozen=True)
class Holding:
    """One thing that somebody answers for. `key` names it within its provider."""

    provider: str
    key: str
    title: str
    kind: str
    url: str = ""

    @property
    def name(self) -> str:
        """Unique over all providers; safe as the name of a form field."""
        return f"{self.provider}-{self.key}"


@dataclass(frozen=True)
class Ownerless:
    """Something that nobody answers for, and why."""

    title: str
    kind: str
    problem: str
    url: str = ""


class Provider:
    """What one app knows. Override what it has."""

    name = ""

    def held_by(self, user: User) -> list[Holding]:
        return []

    def hidden_from(self, holdings: Iterable[Holding], reader: User) -> set[str]:
        """The names of those that do not exist for this reader, because they are closed to her."""
        return set()

    def hand_over(self, holdings: Iterable[Holding], *, old: User, new: User, by: User | None) -> None:
        """Make another person answer for things."""

    def ownerless(self) -> list[Ownerless]:
        return []

    def watched(self) -> Mapping[str, int]:
        """What `ownerless` looks at: a name for people → how many."""
        return {}

    def count_of_organisation(self, organisation: Organisation) -> Mapping[str, int]:
        """What a merger would move: a name for people → how many."""
        return {}

    def move_organisation(self, old: Organisation, new: Organisation, *, by: User | None) -> None:
        """Make the successor stand where the old organisation stood."""


_providers: dict[str, Provider] = {}


def register(provider: Provider) -> None:
    _providers[provider.name] = provider


def providers() -> list[Provider]:
    return list(_providers.values())


def held_by(user: User) -> list[Holding]:
    return [holding for provider in providers() for holding in provider.held_by(user)]


def shown_to(reader: User, holdings: Iterable[Holding]) -> list[Holding]:
    """Without the title of what is closed to this reader: she has to deal with it, and need not know what it is."""
    found = list(holdings)
    hidden: set[str] = set()
    for provider in providers():
        hidden |= provider.hidden_from([holding for holding in found if holding.provider == provider.name], reader)
    closed = _("Something for a closed group")
    return [replace(holding, title=closed, url="") if holding.name in hidden else holding for holding in found]


def hand_over(by_successor: Mapping[User, list[Holding]], *, old: User, by: User | None) -> None:
    for new, holdings in by_successor.items():
        for provider in providers():
            mine = [holding for holding in holdings if holding.provider == provider.name]
            if mine:
                provider.hand_over(mine, old=old, new=new, by=by)

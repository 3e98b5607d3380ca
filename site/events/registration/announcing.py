"""What changed in a programme since participants were told of it, in words, for each of them what is hers."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from events import programme
from events.choices import Attendance
from events.models import EventPage, Registration, Session
from events.registration import words

TOLD = ("starts_at", "ends_at", "attendance", "venue", "address")


@dataclass
class Told:
    """A session as it was announced."""

    uid: str
    title: str
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    attendance: str
    venue: str
    address: str
    choice: str

    @classmethod
    def of(cls, kept: dict[str, Any]) -> "Told":
        known = {name: kept.get(name, "") for name in cls.__dataclass_fields__}
        moments = {name: datetime.datetime.fromisoformat(kept[name]) for name in ("starts_at", "ends_at")}
        return cls(**{**known, **moments})

    @property
    def in_words(self) -> str:
        like = Session(attendance=self.attendance or Attendance.ON_SITE, venue=self.venue, address=self.address)
        when = programme.time_in_words(self.starts_at, self.ends_at)
        return " · ".join(part for part in (self.title, when, words.place(like)) if part)


@dataclass
class Changes:
    """Sessions that are otherwise now (each with how it was), that are new, and that fell away."""

    changed: list[tuple[Told, Session]] = field(default_factory=list)
    added: list[Session] = field(default_factory=list)
    gone: list[Told] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        return not (self.changed or self.added or self.gone)

    @property
    def moved(self) -> bool:
        """Whether anything happens at another time."""
        return bool(self.added) or any(old.starts_at != new.starts_at for old, new in self.changed)

    def of(self, row: Registration) -> "Changes":
        """Those that are hers. Who chose a session that fell away is known by having no choice left in its group."""
        chosen = {session.uid: session for session in _chosen(row)}
        groups = {session.choice for session in chosen.values()}
        return Changes(
            [(old, new) for old, new in self.changed if not new.choice or new.uid in chosen],
            [session for session in self.added if not session.choice or session.choice not in groups],
            [old for old in self.gone if not old.choice or old.choice not in groups],
        )

    @property
    def lines(self) -> list[str]:
        """A sentence for each."""
        told = [
            _("Changed: %(old)s. It is now: %(new)s.") % {"old": old.in_words, "new": words.session(new)}
            for old, new in self.changed
        ]
        told += [_("New: %(session)s.") % {"session": words.session(session)} for session in self.added]
        return [*told, *(_("Does not take place: %(session)s.") % {"session": old.in_words} for old in self.gone)]

    @property
    def must_choose(self) -> bool:
        """Whether she has to choose a session anew."""
        return any(old.choice for old in self.gone) or any(session.choice for session in self.added)


def _chosen(row: Registration) -> list[Session]:
    return [chosen.session for chosen in row.chosen.all()]


def compare(announced: list[dict[str, Any]], event: EventPage) -> Changes:
    """What was told against what is now: times and places; a session of one's own title is known by its uid."""
    told = {kept["uid"]: Told.of(kept) for kept in announced}
    changes = Changes()
    for session in programme.sessions_of(event):
        old = told.pop(str(session.uid), None)
        if old is None:
            changes.added.append(session)
        elif any(getattr(old, name) != getattr(session, name) for name in TOLD):
            changes.changed.append((old, session))
    changes.gone = list(told.values())
    return changes

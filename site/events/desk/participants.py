"""Everybody of one event: who comes, who waits and in which order, who has an offer until when; and who is from where.

All registrations are read once, with what belongs to them: a fixed number of queries for any number of people.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from events.choices import COMING, QuestionKind, RegistrationState
from events.models import Answer, EventPage, EventQuestion, Registration, Session
from events.registration.questions import SEPARATOR
from people.models import Province, Role, SizeClass
from practices.spreadsheet.tables import Table

State = RegistrationState
PER_PAGE = 100
GONE = (State.WITHDRAWN, State.CANCELLED)
CHOSEN_FROM = (QuestionKind.CHOICE, QuestionKind.SEVERAL, QuestionKind.YES_NO)
MOST_LINES = 200  # of one question, on the page; the spreadsheet has them all


@dataclass
class People:
    """The registrations of an event, by what they are."""

    everyone: list[Registration]

    def of(self, *states: str) -> list[Registration]:
        return [one for one in self.everyone if one.state in states]

    @property
    def coming(self) -> list[Registration]:
        return sorted(self.of(*COMING), key=lambda one: (one.name.casefold(), one.pk))

    @property
    def waiting(self) -> list[Registration]:
        """In the order in which they are offered a seat."""
        return sorted(self.of(State.WAITING), key=lambda one: (one.queued_at or one.at, one.pk))

    @property
    def offered(self) -> list[Registration]:
        return sorted(self.of(State.OFFERED), key=lambda one: (one.held_until or one.at, one.pk))

    @property
    def gone(self) -> list[Registration]:
        return sorted(self.of(*GONE), key=lambda one: (one.name.casefold(), one.pk))

    @property
    def absent(self) -> list[Registration]:
        return self.of(State.ABSENT)


CHOSEN = "chosen__session"


def people_of(event: EventPage, *belonging: str) -> People:
    """One query, and one for each thing that belongs to a registration: "answers", CHOSEN."""
    rows = event.registrations.select_related("organisation", "guest_link")
    return People(list(rows.prefetch_related(*belonging)))


def matching(people: Iterable[Registration], text: str, session: int | None) -> list[Registration]:
    """Those with these words in name, address or organisation, and who chose this session."""
    words = text.casefold().split()
    rows = [one for one in people if all(word in _haystack(one) for word in words)]
    if session is not None:
        rows = [one for one in rows if session in {choice.session_id for choice in one.chosen.all()}]
    return rows


def _haystack(one: Registration) -> str:
    return f"{one.name} {one.email} {one.organisation or ''}".casefold()


# Who is from where


def origins(people: People) -> list[Table]:
    """Of who has a place: by organisation, province, size class and role."""
    coming = people.coming
    provinces, sizes, roles = dict(Province.choices), dict(SizeClass.choices), dict(Role.choices)
    none = _("unknown")

    def organisation(one: Registration) -> str:
        return one.organisation.name if one.organisation else _("without an organisation")

    def of_organisation(name: str, words: dict[str, Any]) -> Callable[[Registration], str]:
        return lambda one: str(words.get(getattr(one.organisation, name, ""), none))

    return [
        _counted("organisatie", _("Organisation"), coming, organisation),
        _counted("provincie", _("Province"), coming, of_organisation("province", provinces)),
        _counted("grootte", _("Size class"), coming, of_organisation("size_class", sizes)),
        _counted("rol", _("Role"), coming, lambda one: str(roles.get(one.role, none))),
    ]


def _counted(name: str, title: str, people: list[Registration], word: Callable[[Registration], str]) -> Table:
    counts = Counter(word(one) for one in people)
    rows: list[list[Any]] = [[str(capfirst(label)), number] for label, number in counts.items()]
    rows.sort(key=lambda row: (-row[1], row[0]))
    return Table(name, title, [title, _("Participants")], rows)


def sessions_chosen(people: People, sessions: Iterable[Session]) -> Table | None:
    """How many chose each of the sessions side by side; None where nothing is chosen."""
    counts = Counter(row.session_id for one in people.of(*COMING, State.OFFERED) for row in one.chosen.all())
    rows = [
        [session.title or _("Session"), counts[session.pk], session.capacity] for session in sessions if session.choice
    ]
    return Table("sessie", _("Session"), [_("Session"), _("Chosen"), _("Places")], rows) if rows else None


# Answers


@dataclass
class Answered:
    """What was answered to one question: counted where answers are chosen, word for word where they are written."""

    question: str
    total: int
    counts: list[tuple[str, int]]
    lines: list[tuple[Registration, str]]
    more: int = 0


def answers_of(people: People, questions: Iterable[EventQuestion]) -> list[Answered]:
    """Of who has a place or is offered one; only what is still kept. In the order of the questions."""
    given: dict[Any, list[tuple[Registration, Answer]]] = {}
    for one in people.of(*COMING, State.OFFERED):
        for answer in one.answers.all():
            given.setdefault(answer.question_uid, []).append((one, answer))
    order = {question.uid: question for question in questions}
    uids = [*(uid for uid in order if uid in given), *(uid for uid in given if uid not in order)]
    return [_answered(given[uid], order.get(uid)) for uid in uids]


def _answered(rows: list[tuple[Registration, Answer]], question: EventQuestion | None) -> Answered:
    words = question.text if question else rows[0][1].question
    if question is not None and question.kind in CHOSEN_FROM:
        several = question.kind == QuestionKind.SEVERAL
        parts = [part for _one, row in rows for part in (row.text.split(SEPARATOR) if several else [row.text])]
        return Answered(words, len(rows), Counter(parts).most_common(), [])
    lines = sorted(((one, row.text) for one, row in rows if row.text.strip()), key=lambda line: line[0].name.casefold())
    return Answered(words, len(rows), [], lines[:MOST_LINES], max(len(lines) - MOST_LINES, 0))

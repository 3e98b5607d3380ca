"""What participants thought, without anybody's name. Fewer answers than three would tell who said what."""

import secrets
from dataclasses import dataclass

from events.models import EventEvaluation, EventPage

QUESTIONS = ("useful", "goals", "leaders", "organised", "recommend")
FEWEST = 3
SCALE = range(1, 6)


@dataclass(frozen=True)
class Question:
    """`distribution` counts the answers 1 to 5."""

    name: str
    label: str
    average: float
    distribution: tuple[int, ...]


@dataclass(frozen=True)
class Results:
    """`questions` and `remarks` are empty as long as there are too few answers."""

    count: int
    questions: list[Question]
    remarks: list[str]

    @property
    def too_few(self) -> bool:
        return self.count < FEWEST


def results(event: EventPage) -> Results:
    """Averages, how answers are spread, and remarks in no order."""
    found = list(EventEvaluation.objects.filter(event=event))
    if len(found) < FEWEST:
        return Results(len(found), [], [])
    remarks = [row.remarks for row in found if row.remarks]
    secrets.SystemRandom().shuffle(remarks)
    return Results(len(found), [_question(name, found) for name in QUESTIONS], remarks)


def _question(name: str, found: list[EventEvaluation]) -> Question:
    answers = [getattr(row, name) for row in found]
    label = str(EventEvaluation._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return Question(name, label, sum(answers) / len(answers), tuple(answers.count(mark) for mark in SCALE))

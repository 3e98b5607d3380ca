"""Makes much of one event at once."""

import datetime
from uuid import uuid4

from django.utils import timezone

from events.choices import QuestionKind
from events.choices import RegistrationState as State
from events.models import Answer, ChosenSession, EventEvaluation, EventPage, EventQuestion, EventState, Registration
from tests.events.factories import add_session
from tests.factories import make_organisation


def ask(event: EventPage, text: str = "Wat eet u niet?", **fields: object) -> EventQuestion:
    return EventQuestion.objects.create(event=event, text=text, **fields)


def answer(registration: Registration, question: EventQuestion, text: str) -> Answer:
    day = timezone.localdate() + datetime.timedelta(days=30)
    return Answer.objects.create(
        registration=registration, question_uid=question.uid, question=question.text, text=text, erase_on=day
    )


def evaluate(event: EventPage, number: int, score: int = 4) -> None:
    names = ("useful", "goals", "leaders", "organised", "recommend")
    EventEvaluation.objects.bulk_create(
        EventEvaluation(event=event, **dict.fromkeys(names, score)) for _number in range(number)
    )


def fill(event: EventPage, number: int) -> None:
    """So many registrations in every state, with an answer, a choice and an organisation each."""
    question = ask(event, kind=QuestionKind.CHOICE, options="Alles\nVeggie")
    session = add_session(event, title="Keuze", choice="A")
    towns = [make_organisation() for _number in range(5)]
    states = [State.REGISTERED, State.REGISTERED, State.WAITING, State.OFFERED, State.WITHDRAWN]
    now, first = timezone.now(), event.registrations.count()
    EventState.objects.filter(event=event).update(capacity=1000, wanted=1000)
    rows = Registration.objects.bulk_create(
        Registration(
            event=event,
            name=f"Deelnemer {place}",
            email=f"{uuid4().hex}@voorbeeld.be",
            organisation=towns[place % 5],
            state=states[place % 5],
            queued_at=now,
            held_until=now + datetime.timedelta(days=1),
            attendance_code=f"{900_000 + first + place:06d}",
        )
        for place in range(number)
    )
    Answer.objects.bulk_create(
        Answer(registration=row, question_uid=question.uid, question=question.text, text="Veggie", erase_on=now.date())
        for row in rows
    )
    ChosenSession.objects.bulk_create(ChosenSession(registration=row, session=session) for row in rows)

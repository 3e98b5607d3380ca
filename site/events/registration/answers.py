"""What participants answer to the questions of the organiser, and until when it is kept."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from events import programme
from events.models import Answer, EventPage, EventQuestion, Registration

LONGEST = 2000


def erase_on(event: EventPage, question: EventQuestion) -> datetime.date:
    """So many days after the event; counted from today where it has no date."""
    end = programme.ends_at(event) or timezone.now()
    return timezone.localtime(end).date() + datetime.timedelta(days=question.kept_days)


def keep_answers(row: Registration, given: Mapping[Any, str]) -> None:
    """Answers to questions that the event has now; an empty one is not kept. `given` is by the uid of the question."""
    texts = {str(uid): str(text).strip()[:LONGEST] for uid, text in given.items()}
    for question in row.event.questions.all():
        if str(question.uid) not in texts:
            continue
        text = texts[str(question.uid)]
        if text:
            Answer.objects.update_or_create(
                registration=row,
                question_uid=question.uid,
                defaults={"question": question.text, "text": text, "erase_on": erase_on(row.event, question)},
            )
        else:
            row.answers.filter(question_uid=question.uid).delete()


def follow_dates(event: EventPage) -> None:
    """After the event moved: answers are kept as long after it as was promised."""
    for question in event.questions.all():
        Answer.objects.filter(registration__event=event, question_uid=question.uid).update(
            erase_on=erase_on(event, question)
        )


def unanswered(row: Registration) -> list[EventQuestion]:
    """Required questions that nobody answered for her, such as when a colleague registered her."""
    answered = set(row.answers.values_list("question_uid", flat=True))
    return [question for question in row.event.questions.all() if question.required and question.uid not in answered]


def left_to_her(row: Registration) -> list[EventQuestion]:
    """Of what she is reminded: the required questions, and every one where somebody else filled in the form."""
    by_another = row.registered_by_id is not None or row.replaces_id is not None
    if by_another and not row.answers.exists():
        return list(row.event.questions.all())
    return unanswered(row)

"""“Wie kan?”: one question to several experts, each of whom answers with a link in her mail."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.mail.services import absolute_url, post
from experts.booking import people
from experts.booking.exceptions import BookingError
from experts.models import ExpertPage, GroupAnswer, GroupQuestion
from people.models import User

SALT = "experts.desk.group-answer"
LINK_AGE = 60 * 24 * 60 * 60


@dataclass(frozen=True)
class Link:
    """A link in a mail: one expert's row, and the answer that it stands for."""

    answer: GroupAnswer
    can: GroupAnswer.Can

    @property
    def is_open(self) -> bool:
        return self.answer.question.closed_at is None and self.answer.expert.is_in_pool()


@transaction.atomic
def ask(*, experts: Iterable[ExpertPage], by: User, **fields: Any) -> GroupQuestion:
    """Mail the question to every expert. `fields` are those of GroupQuestion."""
    wanted = list(experts)
    if not wanted:
        raise BookingError(_("Choose at least one expert."))
    question = GroupQuestion.objects.create(asked_by=by, **fields)
    for expert in wanted:
        answer = GroupAnswer.objects.create(question=question, expert=expert)
        links = [(can.label, answer_url(answer, can)) for can in GroupAnswer.Can]
        for person in people.expert(expert):
            context = {"name": person.name, "question": question, "links": links, "expert": expert.title}
            post(template="experts/desk/email/who_can", to=person.email, context=context)
    return question


def answer_url(answer: GroupAnswer, can: GroupAnswer.Can) -> str:
    return absolute_url("group_answer", signing.dumps([answer.pk, can.value], salt=SALT, compress=True))


def read(token: str) -> Link | None:
    """None for a link that was never ours or is too old."""
    try:
        pk, can = signing.loads(token, salt=SALT, max_age=LINK_AGE)
        choice = GroupAnswer.Can(can)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found = GroupAnswer.objects.select_related("question", "expert").filter(pk=pk).first()
    return Link(found, choice) if found is not None else None


@transaction.atomic
def answer(*, link: Link, note: str = "") -> GroupAnswer:
    """Keep the answer. Until the question is closed she may change it with another link; the last one counts."""
    question = GroupQuestion.objects.select_for_update().get(pk=link.answer.question_id)
    if question.closed_at is not None or not link.is_open:
        raise BookingError(_("This question is closed: your answer is not needed any more."))
    row = link.answer
    row.can, row.note, row.answered_at = link.can, note.strip()[:300], timezone.now()
    row.save(update_fields=["can", "note", "answered_at"])
    return row


@transaction.atomic
def close(*, question: GroupQuestion) -> GroupQuestion:
    """No answer is taken any more; closing twice changes nothing."""
    GroupQuestion.objects.filter(pk=question.pk, closed_at=None).update(closed_at=timezone.now())
    question.refresh_from_db()
    return question

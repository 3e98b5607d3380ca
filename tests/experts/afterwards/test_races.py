"""Two who answer at once after a delivery: nothing is doubled, nothing is lost. On PostgreSQL, in threads."""

from collections import Counter
from functools import partial

import pytest
from django.db import connection

from experts.afterwards import lessons, services
from experts.choices import Party
from experts.models import Evaluation, SharedLesson
from practices.models import PracticePage
from tests.experts.booking.racing import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs several connections"),
]
ANSWERS = {**dict.fromkeys(services.QUESTIONS, 4), "remarks": ""}


def written(delivered):
    """By the expert, who agrees to it."""
    return lessons.write_lesson(booking=delivered.booking, party=Party.EXPERT, told={"text": "Begin klein."})


def consenting(lesson, party):
    return lambda: lessons.consent(booking=lesson.booking, party=party, seen=lesson.version)


def test_both_consent_at_once_and_it_is_shared_once(delivered):
    lesson = written(delivered)
    lessons.withdraw_consent(booking=delivered.booking, party=Party.EXPERT)
    results = at_once(consenting(lesson, party) for party in (Party.EXPERT, Party.MUNICIPALITY))
    lesson.refresh_from_db()

    assert results == Counter(done=2)
    assert lesson.shared_at is not None
    assert list(PracticePage.objects.values_list("pk", flat=True)) == [lesson.became_id]


def test_the_last_consent_clicked_four_times_shares_once(delivered):
    results = at_once([consenting(written(delivered), Party.MUNICIPALITY)] * 4)

    assert results == Counter(done=1, StaleBooking=3)
    assert PracticePage.objects.count() == 1


def test_consent_and_a_change_of_the_text_at_once_share_only_what_was_read(delivered):
    lesson = written(delivered)
    other = {"booking": delivered.booking, "party": Party.EXPERT, "told": {"text": "Begin groot."}}
    rewrite = partial(lessons.write_lesson, **other, seen=lesson.version)
    results = at_once([consenting(lesson, Party.MUNICIPALITY), rewrite])
    lesson = SharedLesson.objects.get()

    assert results == Counter(done=1, StaleBooking=1)
    assert (lesson.shared_at is not None) == (lesson.text == "Begin klein.")


def test_an_evaluation_sent_four_times_is_kept_once(delivered):
    step = partial(services.evaluate, booking=delivered.booking, by=delivered.parties.decider, answers=ANSWERS)

    assert at_once([step] * 4) == Counter(done=1, StaleBooking=3)
    assert Evaluation.objects.count() == 1

"""Two organisers at once, and a mail run twice at once: on PostgreSQL, with connections of their own."""

import pytest
from django.db import connection

from core.mail.models import OutgoingMail
from events.choices import RegistrationState as State
from events.models import EventEvaluation, RegistrationChange, SessionPresence
from events.presence import services, thanks
from tests.events.factories import make_organiser
from tests.experts.booking.racing import at_once

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs several connections"),
]
TIMES = 6
ANSWERS = {"useful": 5, "goals": 4, "leaders": 5, "organised": 3, "recommend": 5, "remarks": ""}


def test_organisers_who_press_at_once_leave_one_row_and_no_error(day):
    people = [make_organiser(f"organisator{number}@voorbeeld.be") for number in range(TIMES)]

    found = at_once(
        lambda by=by, present=bool(number % 2): services.note(
            registration=day.mine, session=day.session, present=present, by=by
        )
        for number, by in enumerate(people)
    )

    assert found == {"done": TIMES}
    last = RegistrationChange.objects.latest("pk")
    noted = SessionPresence.objects.get()
    assert (noted.present, noted.noted_by) == (last.action == "present", last.by)
    assert day.mine.state == (State.PRESENT if noted.present else State.ABSENT)


def test_a_double_click_answers_the_questions_once(day):
    services.note(registration=day.mine, session=day.session, present=True, by=None)
    day.be_over(hours=1)

    found = at_once(lambda: services.evaluate(registration=day.mine, answers=ANSWERS) for _time in range(TIMES))

    assert found["done"] == 1
    assert EventEvaluation.objects.count() == 1


def test_two_runs_at_once_mail_once(day):
    services.note(registration=day.mine, session=day.session, present=True, by=None)
    day.be_over(days=1)
    OutgoingMail.objects.all().delete()
    sent = []

    found = at_once(lambda: sent.append(thanks.thank()) for _time in range(TIMES))

    assert found == {"done": TIMES}
    assert sum(sent) == 1

"""The six digits: shown at the desk, or typed by the participant herself on the day."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from events.choices import RegistrationState as State
from events.models import ChosenSession, EventState, Registration, Session, SessionPresence
from people.audiences import Audience
from people.services.closing import set_page_audience
from tests.events.factories import make_event, make_registration
from tests.events.presence.conftest import ago, running_session

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.slow]


def said(answer):
    """What the page says; its frame names its address."""
    text = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return text.partition("csrfmiddlewaretoken")[0] + text.partition("id_code")[2]


def type_own(day, code, pk=None):
    return day.client("anonymous").post(reverse("own_code", args=[pk or day.event.pk]), {"code": code})


def show_at_desk(day, code, role="organiser"):
    data = {"sessie": day.session.pk, "code": code}
    return day.client(role).post(reverse("attendance_code", args=[day.event.pk]), data, follow=True)


@pytest.mark.parametrize("typed", ["{}", " {} ", "{} "])
def test_a_code_shown_at_the_desk_marks_her_present(day, typed):
    answer = show_at_desk(day, typed.format(day.mine.attendance_code))

    assert day.mine.name in answer.content.decode()
    assert SessionPresence.objects.get().noted_by == day.people["organiser"]
    assert day.mine.state == State.PRESENT


@pytest.mark.parametrize("code", ["", "12", "geen code", "999999999999999", "٣٣٣٣٣٣"])
def test_a_wrong_code_at_the_desk_is_said_and_notes_nobody(day, code):
    answer = show_at_desk(day, code)

    assert answer.status_code == 200
    assert "message--error" in answer.content.decode()
    assert not SessionPresence.objects.exists()


def test_a_code_of_another_event_notes_nobody(day):
    other = make_registration(make_event(), attendance_code="987654")

    show_at_desk(day, other.attendance_code)
    type_own(day, other.attendance_code)

    assert not SessionPresence.objects.exists()


def test_she_types_it_herself_and_nobody_noted_it(day):
    answer = type_own(day, day.mine.attendance_code)

    assert answer.status_code == 200
    noted = SessionPresence.objects.get()
    assert (noted.present, noted.noted_by, noted.session) == (True, None, day.session)
    assert day.mine.name not in answer.content.decode()
    assert type_own(day, day.mine.attendance_code).status_code == 200
    assert SessionPresence.objects.count() == 1


def test_it_is_noted_for_the_session_that_runs_and_that_she_chose(day):
    Session.objects.filter(pk=day.session.pk).update(starts_at=ago(hours=3), ends_at=ago(hours=1))
    _one, two = (running_session(day.event, choice="namiddag", title=title) for title in ("Een", "Twee"))
    ChosenSession.objects.create(registration=day.mine, session=two)

    type_own(day, day.mine.attendance_code)

    assert SessionPresence.objects.get().session == two


def every_wrong_way(day):
    code = day.mine.attendance_code
    yield type_own(day, "000000")
    yield type_own(day, "onzin")
    yield type_own(day, code, pk=10**6)
    Registration.objects.update(state=State.WITHDRAWN)
    yield type_own(day, code)
    Registration.objects.update(state=State.REGISTERED)
    EventState.objects.update(cancelled_at=ago(days=1))
    yield type_own(day, code)
    EventState.objects.update(cancelled_at=None)
    day.be_over(minutes=1)
    yield type_own(day, code)
    Session.objects.update(starts_at=ago(hours=-2), ends_at=ago(hours=-3))
    yield type_own(day, code)


def test_every_wrong_code_gets_the_same_answer(day):
    answers = list(every_wrong_way(day))

    assert {answer.status_code for answer in answers} == {422}
    assert len({said(answer).replace("onzin", "").replace("000000", "").replace(day.mine.attendance_code, "")
                for answer in answers}) == 1  # fmt: skip
    assert not SessionPresence.objects.exists()


def test_the_page_says_nothing_of_any_event(day):
    set_page_audience(day.event, Audience.LIVC_R)
    client = day.client("anonymous")
    closed, none = (client.get(reverse("own_code", args=[pk])) for pk in (day.event.pk, 10**6))

    assert (closed.status_code, none.status_code) == (200, 200)
    assert said(closed) == said(none)
    assert closed.headers["Referrer-Policy"] == "same-origin"
    assert client.put(reverse("own_code", args=[1])).status_code == 405


def test_whoever_guesses_is_shut_out_and_right_codes_do_not_count(day, settings):
    cache.clear()
    settings.WRONG_CODE_LIMITS = {"attendance": (3, 600)}
    for _time in range(5):
        assert type_own(day, day.mine.attendance_code).status_code == 200

    assert [type_own(day, "000000").status_code for _time in range(4)] == [422, 422, 422, 429]
    assert type_own(day, day.mine.attendance_code).status_code == 429

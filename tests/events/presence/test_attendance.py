"""The attendance list: who opens it, what a press does, and that two organisers at once do no harm."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from events.choices import RegistrationState as State
from events.models import ChosenSession, EventState, Registration, RegistrationChange, Session, SessionPresence
from events.presence import attendance, services, windows
from events.registration.exceptions import Closed, Stale
from tests.events.factories import add_session, make_event, make_organiser, make_registration
from tests.events.presence.conftest import ago, running_session

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.slow]


def url(day, name="attendance"):
    return reverse(name, args=[day.event.pk])


def press(day, mark, row, role="organiser", **more):
    data = {"sessie": day.session.pk, mark: row.pk}
    return day.client(role).post(url(day, "attendance_note"), data, headers=more)


def note(day, present, row=None, session=None, by="organiser"):
    row, by = row or day.mine, day.people.get(by)
    return services.note(registration=row, session=session or day.session, present=present, by=by)


WHO = {"anonymous": 302, "stranger": 404, "other_leader": 404, "participant": 403, "leader": 200, "organiser": 200}


def test_who_opens_the_list(day):
    assert {role: day.client(role).get(url(day)).status_code for role in WHO} == WHO
    assert day.client("organiser").get(reverse("attendance", args=[10**6])).status_code == 404


@pytest.mark.parametrize("name", ["attendance_note", "attendance_code"])
def test_who_notes_who_is_there(day, name):
    data = {"sessie": day.session.pk, "present": day.mine.pk, "code": day.mine.attendance_code}
    refused = {role: status for role, status in WHO.items() if status != 200}

    assert {role: day.client(role).post(url(day, name), data).status_code for role in refused} == refused
    assert not SessionPresence.objects.exists()
    assert day.client("leader").post(url(day, name), data).status_code == 302
    assert SessionPresence.objects.get().noted_by == day.people["leader"]
    assert day.client("organiser").get(url(day, name)).status_code == 405


def test_a_leader_of_a_draft_does_not_see_who_comes(day):
    day.event.live = False
    day.event.save()

    assert day.client("leader").get(url(day)).status_code == 404
    assert day.client("organiser").get(url(day)).status_code == 200


def test_a_press_is_noted_with_its_history(day):
    answer = press(day, "present", day.mine)

    assert answer.status_code == 302
    assert answer.url.endswith(f"#r{day.mine.pk}")
    noted = SessionPresence.objects.get()
    assert (noted.present, noted.noted_by, day.mine.state) == (True, day.people["organiser"], State.PRESENT)
    line = RegistrationChange.objects.get()
    assert (line.action, line.old, line.new, line.by) == ("present", "registered", "present", day.people["organiser"])


def test_a_second_press_changes_nothing_and_the_other_button_undoes(day):
    note(day, True)
    version = day.mine.version
    note(day, True)
    assert (SessionPresence.objects.count(), RegistrationChange.objects.count()) == (1, 1)
    assert day.mine.version == version

    note(day, False)

    assert (SessionPresence.objects.get().present, day.mine.state) == (False, State.ABSENT)


def test_of_two_organisers_the_last_one_is_right_and_is_named(day):
    other = make_organiser("andere@voorbeeld.be")
    note(day, False)
    services.note(registration=day.mine, session=day.session, present=True, by=other)

    assert SessionPresence.objects.get().noted_by == other
    shown = day.client("organiser").get(url(day)).content.decode()
    assert str(other) in shown
    assert shown.count('aria-pressed="true"') == 1


def test_the_counters_of_seats_stay_right(day):
    for present in (True, False, True):
        note(day, present)
        assert EventState.objects.get(event=day.event).taken == 1


def test_htmx_gets_the_row_and_the_counts(day):
    answer = press(day, "present", day.mine, **{"HX-Request": "true"})

    text = answer.content.decode()
    assert answer.status_code == 200
    assert f'id="r{day.mine.pk}"' in text and "<html" not in text
    assert 'hx-swap-oob="true"' in text and 'aria-pressed="true"' in text


def test_what_a_second_organiser_notes_comes_by_itself_and_nothing_else_does(day):
    htmx = {"HX-Request": "true", "HX-Target": "attendance"}
    client, page = day.client("organiser"), day.client("organiser").get(url(day))
    asked = {"sessie": day.session.pk, "stand": page.context["mark"]}
    assert f'stand={page.context["mark"]}"' in page.text
    assert client.get(url(day), asked, headers=htmx).status_code == 204
    assert client.get(url(day), asked).status_code == 200  # the whole page, as without scripts

    note(day, present=True, by="leader")

    answer = client.get(url(day), asked, headers=htmx)
    assert answer.status_code == 200
    assert 'aria-pressed="true"' in answer.text
    assert f'href="{answer.context["address"]}"' in answer.text.replace("&amp;", "&")


def test_a_list_that_is_closed_does_not_ask_anew(day):
    EventState.objects.update_or_create(event=day.event, defaults={"cancelled_at": timezone.now()})

    assert "stand=" not in day.client("organiser").get(url(day)).text


def test_htmx_of_whoever_was_signed_out_leads_to_the_login(day):
    answer = press(day, "present", day.mine, role="anonymous", **{"HX-Request": "true"})

    assert (answer.status_code, answer.headers["HX-Redirect"].partition("?")[0]) == (200, reverse("account_login"))


def test_whoever_cancelled_meanwhile_is_not_noted_and_it_is_said(day):
    Registration.objects.filter(pk=day.mine.pk).update(state=State.WITHDRAWN)

    with pytest.raises(Stale):
        note(day, True)
    row = press(day, "present", day.mine, **{"HX-Request": "true"}).content.decode()
    assert "attendance-row__problem" in row and "mark--present" not in row
    assert press(day, "present", day.mine).status_code == 302
    assert not SessionPresence.objects.exists()


@pytest.mark.parametrize("state", [State.WAITING, State.OFFERED, State.WITHDRAWN, State.CANCELLED])
def test_only_whoever_has_a_place_is_on_the_list(day, state):
    make_registration(day.event, name="Niet Erbij", state=state)

    assert "Niet Erbij" not in day.client("organiser").get(url(day)).content.decode()


@pytest.mark.parametrize("pk", ["", "x", "9" * 30, "٣"])
def test_a_press_on_nobody_is_not_found(day, pk):
    client = day.client("organiser")
    assert client.post(url(day, "attendance_note"), {"sessie": day.session.pk, "present": pk}).status_code == 404


def test_somebody_of_another_event_is_not_noted(day):
    assert press(day, "present", make_registration(make_event())).status_code == 404


@pytest.mark.parametrize(
    ("start", "end", "is_open"),
    [
        (ago(minutes=-50), ago(hours=-3), True),  # within the hour
        (ago(days=-1), ago(days=-1, hours=-3), False),  # tomorrow
        (ago(days=6), ago(days=6, hours=-3), True),
        (ago(days=8), ago(days=7, hours=1), False),
    ],
)
def test_attendance_is_noted_from_the_day_itself_until_some_days_after(day, start, end, is_open):
    Session.objects.filter(pk=day.session.pk).update(starts_at=start, ends_at=end)
    shown = day.client("organiser").get(url(day)).content.decode()

    assert ("mark--present" in shown) is is_open
    if not is_open:
        with pytest.raises(Closed):
            note(day, True)


def test_the_morning_of_the_session_is_in_time_when_the_clock_changes():
    brussels = timezone.get_default_timezone()
    session = Session(starts_at=datetime.datetime(2026, 3, 29, 14, tzinfo=brussels))

    assert windows.opens_at(session) == datetime.datetime(2026, 3, 28, 23, tzinfo=datetime.UTC)


def test_a_cancelled_event_is_not_noted(day):
    EventState.objects.filter(event=day.event).update(cancelled_at=timezone.now())

    with pytest.raises(Closed):
        note(day, True)
    assert "mark--present" not in day.client("organiser").get(url(day)).content.decode()


def test_present_once_is_present_and_absent_is_absent_everywhere(day):
    second = running_session(day.event)
    note(day, False)
    assert day.mine.state == State.REGISTERED
    note(day, False, session=second)
    assert day.mine.state == State.ABSENT
    note(day, True, session=second)
    assert day.mine.state == State.PRESENT
    assert RegistrationChange.objects.last().why


def test_of_sessions_side_by_side_each_shows_who_chose_it(day):
    one, two = (running_session(day.event, choice="namiddag", title=title) for title in ("Een", "Twee"))
    ChosenSession.objects.create(registration=day.mine, session=one)
    client = day.client("organiser")

    def shown(session, **query):
        return client.get(url(day), {"sessie": session.pk, **query}).content.decode()

    assert day.mine.name in shown(one) and day.mine.name not in shown(two)
    assert day.mine.name in shown(two, q=day.mine.name)  # she came to the other one: found by her name
    note(day, True, session=two)
    assert day.mine.name in shown(two)
    note(day, False)
    note(day, False, session=two)
    assert day.mine.state == State.REGISTERED  # of what she chose, nobody said anything yet
    note(day, False, session=one)
    assert day.mine.state == State.ABSENT


def test_searching_finds_names_and_organisations(day):
    make_registration(day.event, name="Zoë Kwelder")
    client = day.client("organiser")
    found = client.get(url(day), {"q": "zoë"}, headers={"HX-Target": "attendance"}).content.decode()

    assert "Zoë Kwelder" in found and day.mine.name not in found and "<html" not in found
    assert "Zoë" not in client.get(url(day), {"q": str(day.mine.name)}).content.decode()
    assert client.get(url(day), {"q": "<script>"}).content.decode().count("<script>") == 0


def test_the_rest_is_noted_absent_in_one_go_once_it_began(day):
    make_registration(day.event)
    note(day, True)
    answer = day.client("organiser").post(url(day, "attendance_note"), {"sessie": day.session.pk, "rest": "1"})

    assert answer.status_code == 302
    assert attendance.counts_of(day.event, day.session) == attendance.Counts(2, 1, 1)
    assert day.mine.state == State.PRESENT
    later = add_session(day.event, starts_at=ago(minutes=-30), ends_at=ago(hours=-2))
    with pytest.raises(Closed):
        services.note_rest_absent(event=day.event, session=later, by=day.people["organiser"])


def test_an_event_without_sessions_has_a_page_all_the_same(day):
    Session.objects.all().delete()

    assert day.client("organiser").get(url(day)).status_code == 200


def test_five_hundred_names_take_few_queries(day, django_assert_max_num_queries):
    EventState.objects.filter(event=day.event).update(capacity=600)
    rows = [
        Registration(event=day.event, name=f"Naam {n}", email=f"n{n}@voorbeeld.be", state=State.REGISTERED,
                     attendance_code=f"{500000 + n}")
        for n in range(500)
    ]  # fmt: skip
    Registration.objects.bulk_create(rows)
    SessionPresence.objects.bulk_create(
        SessionPresence(registration=row, session=day.session, present=True, noted_by=day.people["organiser"])
        for row in Registration.objects.all()
    )
    client = day.client("organiser")
    client.get(url(day))

    with django_assert_max_num_queries(15):
        answer = client.get(url(day))
    assert answer.content.count(b"attendance-row__who") == 501

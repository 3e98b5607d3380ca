"""One event at the desk: everybody and everything of it, quickly, and what an organiser does with a registration."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.mail.models import OutgoingMail
from events.choices import QuestionKind
from events.choices import RegistrationState as State
from events.models import EventPage, EventPrivate, EventState, Registration
from tests.events.desk.making import answer, ask, evaluate, fill
from tests.events.factories import add_session, in_days, make_event, make_participant, make_registration
from tests.factories import make_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.slow]


def queries_of(desk, url):
    client = desk.client()
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in found.captured_queries]


def test_five_hundred_registrations_take_at_most_fifteen_queries(desk):
    fill(desk.event, 500)
    evaluate(desk.event, 5)

    found = queries_of(desk, desk.url("event"))

    assert len(found) <= 15, "\n".join(sql[:150] for sql in found)


def test_the_overview_takes_as_many_queries_for_twenty_events_as_for_one(desk):
    url = reverse("event_desk:overview")
    few = len(queries_of(desk, url))
    for _number in range(20):
        make_registration(make_event(sessions=2))

    assert len(queries_of(desk, url)) == few


def test_the_overview_shows_each_event_in_its_tab(desk):
    past = make_event(days=-30, title="Vorige keer")
    cancelled = make_event(title="Afgelast")
    EventState.objects.filter(event=cancelled).update(cancelled_at=timezone.now(), cancel_reason="Ziek")
    draft = make_event(title="Nog te schrijven", live=False)
    events = {"komend": desk.event, "voorbij": past, "geannuleerd": cancelled, "concept": draft}

    for tab, event in events.items():
        text = desk.client().get(reverse("event_desk:overview"), {"toon": tab}).content.decode()
        shown = {name for name, one in events.items() if reverse("event_desk:event", args=[one.pk]) in text}
        assert shown == {tab}, event


def test_the_overview_is_searched_by_title_and_place_and_has_pages(desk):
    somewhere = make_event(title="Elders")
    somewhere.sessions.update(venue="De Zeven Torens")
    url = reverse("event_desk:overview")

    def titles(**query):
        rows = desk.client().get(url, query).context["rows"]
        return {row.event.title for row in rows}

    assert titles(q="zeven torens") == titles(q="elders") == {"Elders"}
    assert titles(q="niets hiervan") == set()
    for _number in range(30):
        make_event()
    assert len(titles()) == 25
    assert len(titles(p="2")) == 7


def notes_of(event):
    from events.desk import overview

    rows = overview.rows([EventPage.objects.select_related("running", "private").get(pk=event.pk)])
    return len(rows[0].notes)


def test_what_needs_attention_is_said_until_it_is_mended(desk):
    event = make_event(days=3)
    assert notes_of(event) == 0

    event.sessions.update(attendance="hybrid", accessibility="", venue="")
    assert notes_of(event) == 3
    EventPrivate.objects.filter(event=event).update(online_link="https://voorbeeld.be/x")
    assert notes_of(event) == 2
    make_registration(event, state=State.WAITING)
    assert notes_of(event) == 3


def test_of_a_past_event_attendance_and_a_low_evaluation_need_attention(desk):
    event = make_event(days=-3)
    registration = make_registration(event)
    assert notes_of(event) == 1

    Registration.objects.filter(pk=registration.pk).update(state=State.PRESENT)
    evaluate(event, 2, score=1)
    assert notes_of(event) == 0
    evaluate(event, 1, score=1)
    assert notes_of(event) == 1


def test_who_waits_stands_in_the_order_in_which_seats_are_offered(desk):
    late = make_registration(desk.event, name="Later", state=State.WAITING, queued_at=in_days(-1))
    early = make_registration(desk.event, name="Eerder", state=State.WAITING, queued_at=in_days(-5))

    text = desk.page("event")

    assert text.index(str(early.uid)) < text.index(str(late.uid))


def test_participants_are_searched_and_have_pages(desk):
    town = make_organisation(name="Zeebries")
    make_registration(desk.event, name="Anna Apart", organisation=town)
    fill(desk.event, 300)

    def shown(**query):
        return [one.name for one in desk.client().get(desk.url("event"), query).context["page"]]

    assert shown(q="anna zeebries") == ["Anna Apart"]
    assert len(shown()) == 100
    assert len(shown(p="2")) == 21
    session = desk.event.sessions.get(choice="A")
    assert "Anna Apart" not in shown(sessie=session.pk)


def test_answers_are_counted_where_they_are_chosen_and_only_of_who_comes(desk):
    diet = ask(desk.event, kind=QuestionKind.SEVERAL, options="Alles\nVeggie\nGeen noten")
    wish = ask(desk.event, text="Wat verwacht u?")
    one, two = make_registration(desk.event), make_registration(desk.event)
    gone = make_registration(desk.event, state=State.WITHDRAWN)
    answer(one, diet, "Veggie; Geen noten")
    answer(two, diet, "Veggie")
    answer(gone, diet, "Alles")
    answer(one, wish, "Veel <b>oefenen</b>")

    first, second = desk.client().get(desk.url("answers")).context["answers"]

    assert (first.total, first.counts) == (2, [("Veggie", 2), ("Geen noten", 1)])
    assert second.lines == [(one, "Veel <b>oefenen</b>")]
    assert "<b>oefenen" not in desk.page("answers")


def test_who_is_from_where(desk):
    town = make_organisation(province="limburg", size_class="s")
    make_registration(desk.event, organisation=town, role="officer")
    make_registration(desk.event, organisation=town)
    make_registration(desk.event, organisation=make_organisation(), state=State.WAITING)

    tables = {table.name: table.rows for table in desk.client().get(desk.url("event")).context["origins"]}

    assert tables["organisatie"] == [[town.name, 2]]
    assert tables["provincie"] == [["Limburg", 2]]
    assert sorted(number for _label, number in tables["rol"]) == [1, 1]


def test_the_page_of_a_registration_tells_its_history(desk):
    waiting = make_registration(desk.event, state=State.WAITING)
    desk.client().post(desk.url("step", waiting.uid, "offer"), {"seen": waiting.version, "why": "Komt van ver"})

    assert "Komt van ver" in desk.page("registration", waiting.uid)


# Steps


def take(desk, registration, step, /, **data):
    data = {"seen": registration.version, **data}
    answer = desk.client().post(desk.url("step", registration.uid, step), data, follow=True)
    registration.refresh_from_db()
    return [str(message) for message in answer.context["messages"]]


def mails_to(registration):
    return OutgoingMail.objects.filter(to=registration.email).count()


def test_a_registration_is_cancelled_with_a_reason_and_its_seat_is_offered(desk, mailoutbox):
    desk.event.running.capacity = 1
    EventState.objects.filter(event=desk.event).update(capacity=1, wanted=1)
    EventPage.objects.filter(pk=desk.event.pk).update(capacity=1)
    seated = make_registration(desk.event)
    waiting = make_registration(desk.event, state=State.WAITING)

    take(desk, seated, "cancel", why="Verkeerd ingeschreven")

    waiting.refresh_from_db()
    assert (seated.state, waiting.state) == (State.CANCELLED, State.OFFERED)
    line = seated.history.get()
    assert (line.by, line.why) == (desk.organiser, "Verkeerd ingeschreven")


def test_a_registration_is_not_cancelled_without_a_reason(desk):
    seated = make_registration(desk.event)

    assert len(take(desk, seated, "cancel", why=" ")) == 1
    assert seated.state == State.REGISTERED


def test_a_stale_tab_changes_nothing_and_says_so(desk):
    seated = make_registration(desk.event)
    Registration.objects.filter(pk=seated.pk).update(version=4)

    assert len(take(desk, seated, "cancel", why="Dubbel", seen=0)) == 1
    assert (seated.state, seated.version) == (State.REGISTERED, 4)


def full(desk):
    EventState.objects.filter(event=desk.event).update(capacity=1, wanted=1)
    EventPage.objects.filter(pk=desk.event.pk).update(capacity=1)
    make_registration(desk.event)
    first = make_registration(desk.event, state=State.WAITING, queued_at=in_days(-3))
    return first, make_registration(desk.event, state=State.WAITING, queued_at=in_days(-2))


def test_nobody_is_offered_a_place_that_is_not_there(desk):
    _first, second = full(desk)

    take(desk, second, "offer", why="Komt van ver")

    assert second.state == State.WAITING
    assert EventState.objects.get(event=desk.event).taken == 1


def test_a_place_is_added_for_who_is_offered_one_before_others(desk):
    first, second = full(desk)

    take(desk, second, "offer", why="Komt van ver", extra="on")

    first.refresh_from_db()
    state = EventState.objects.get(event=desk.event)
    assert (first.state, second.state) == (State.WAITING, State.OFFERED)
    assert (state.taken, state.capacity, state.wanted) == (2, 2, 2)
    assert EventPage.objects.get(pk=desk.event.pk).capacity == 2
    assert second.history.get().why == "Komt van ver"


def test_a_mail_is_sent_again(desk, mailoutbox, django_capture_on_commit_callbacks):
    seated = make_registration(desk.event)
    with django_capture_on_commit_callbacks(execute=True):
        take(desk, seated, "resend")

    assert [mail.to for mail in mailoutbox] == [[seated.email]]
    assert seated.history.get().action == "resend"


def test_a_colleague_takes_a_place_over(desk):
    seated = make_registration(desk.event)

    take(desk, seated, "replace", name="Cor Collega", email="cor@voorbeeld.be")

    new = Registration.objects.get(email="cor@voorbeeld.be")
    assert (new.state, new.replaces) == (State.REGISTERED, seated)
    assert str(new.uid) in desk.page("registration", seated.uid)


# Registering by hand


def register(desk, **data):
    form = {"name": "Tom Telefoon", "email": "tom@voorbeeld.be", "organisation": "", "role": "", **data}
    return desk.client().post(desk.url("register"), form)


def test_somebody_is_registered_by_hand_once(desk):
    town = make_organisation()

    assert register(desk, organisation=town.pk, role="officer").status_code == 302
    assert register(desk, organisation=town.pk).status_code == 422

    made = Registration.objects.get(email="tom@voorbeeld.be")
    assert (made.state, made.organisation, made.registered_by) == (State.REGISTERED, town, desk.organiser)


def test_by_hand_an_account_is_found_by_its_address(desk):
    user = make_participant("petra@voorbeeld.be")

    register(desk, email="Petra@voorbeeld.be")

    assert Registration.objects.get().user == user


def test_by_hand_a_session_is_chosen_and_questions_may_stay_open(desk):
    question = ask(desk.event, required=True)
    session = add_session(desk.event, title="Ochtend", choice="A")
    add_session(desk.event, title="Middag", choice="A")

    assert register(desk).status_code == 422
    assert register(desk, session_0=session.pk, **{f"question_{question.uid.hex}": "Geen noten"}).status_code == 302

    made = Registration.objects.get()
    assert [row.session for row in made.chosen.all()] == [session]
    assert made.answers.get().question_uid == question.uid


def test_by_hand_a_full_event_leads_to_the_waiting_list(desk):
    full(desk)

    register(desk)

    assert Registration.objects.get(email="tom@voorbeeld.be").state == State.WAITING


# Places and practical data


def test_more_places_go_to_the_waiting_list_and_stand_on_the_page(desk):
    first, second = full(desk)
    seen = EventPage.objects.get(pk=desk.event.pk).latest_revision_id or 0

    desk.client().post(desk.url("capacity"), {"capacity": 2, "seen": seen})

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (State.OFFERED, State.WAITING)
    assert EventPage.objects.get(pk=desk.event.pk).capacity == 2


def test_fewer_places_than_are_taken_leave_everybody_hers(desk):
    for _number in range(3):
        make_registration(desk.event)

    desk.client().post(desk.url("capacity"), {"capacity": 1, "seen": 0})

    state = EventState.objects.get(event=desk.event)
    assert (state.wanted, state.capacity, state.taken) == (1, 3, 3)


@pytest.mark.parametrize("wrong", ["0", "-1", "veel", "", "99999999"])
def test_an_impossible_number_of_places_is_refused(desk, wrong):
    desk.client().post(desk.url("capacity"), {"capacity": wrong, "seen": 0})

    assert EventPage.objects.get(pk=desk.event.pk).capacity == 10


def test_places_changed_by_two_organisers_are_refused_to_the_second(desk):
    seen = desk.event.latest_revision_id or 0
    desk.client().post(desk.url("capacity"), {"capacity": 12, "seen": seen})
    desk.client().post(desk.url("capacity"), {"capacity": 30, "seen": seen})

    assert EventPage.objects.get(pk=desk.event.pk).capacity == 12


def seen_in(text):
    return re.search(r'name="seen" value="([^"]*)"', text)[1]


def test_practical_data_are_saved_and_not_over_those_of_another_organiser(desk):
    seen = seen_in(desk.page("private"))
    data = {"online_link": "https://voorbeeld.be/online", "practical": "Parkeren achteraan", "seen": seen}

    assert desk.client().post(desk.url("private"), data).status_code == 302
    assert desk.client().post(desk.url("private"), {**data, "practical": "Anders"}).status_code == 422

    assert EventPrivate.objects.get(event=desk.event).practical == "Parkeren achteraan"


@pytest.mark.parametrize("link", ["javascript:alert(1)", "geen adres"])
def test_a_link_that_is_none_is_refused(desk, link):
    data = {"online_link": link, "seen": seen_in(desk.page("private"))}

    assert desk.client().post(desk.url("private"), data).status_code == 422

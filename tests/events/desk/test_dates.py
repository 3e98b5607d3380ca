"""Copies, series, moving and cancelling: hours are those of the clock in Brussels, and everybody hears what changed."""

import datetime
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from core.mail.models import OutgoingMail
from events import mailings
from events.choices import RegistrationState as State
from events.desk import copying, dates, moving
from events.desk.dates import Rule, same_weekday, shifted, warning_of
from events.models import EventLeader, EventMaterial, EventPage, EventPrivate, EventRelated, EventSeries, EventState
from events.registration import services
from events.registration.exceptions import Closed, RegistrationError, Stale
from people.audiences import Audience
from people.services.closing import set_page_audience
from tests.events.desk.making import ask
from tests.events.factories import add_session, in_days, make_event, make_registration
from tests.factories import make_document, make_practice

DAY = datetime.date


def brussels(*parts):
    return timezone.make_aware(datetime.datetime(*parts))


# Days


def test_a_shift_keeps_the_hour_over_the_change_of_clock():
    summer = brussels(2026, 10, 20, 9, 30)

    winter = shifted(summer, 14)

    assert (timezone.localtime(winter).hour, timezone.localtime(winter).minute) == (9, 30)
    assert winter.utcoffset() - summer.utcoffset() == datetime.timedelta(hours=-1)
    assert shifted(winter, -14) == summer


def test_an_hour_that_the_clock_skips_becomes_the_next():
    assert timezone.localtime(shifted(brussels(2026, 3, 28, 2, 30), 1)).hour == 3


@pytest.mark.parametrize(
    ("day", "months", "wanted"),
    [
        (DAY(2026, 12, 10), 1, DAY(2027, 1, 14)),  # the second Thursday
        (DAY(2026, 12, 10), 3, DAY(2027, 3, 11)),
        (DAY(2026, 12, 31), 2, DAY(2027, 2, 25)),  # the fifth Thursday is the last
        (DAY(2026, 12, 31), 4, DAY(2027, 4, 29)),
        (DAY(2026, 12, 1), 12, DAY(2027, 12, 7)),
    ],
)
def test_the_same_weekday_of_another_month(day, months, wanted):
    assert same_weekday(day, months) == wanted


def test_a_rule_ends_after_a_number_or_on_a_day():
    weekly = Rule(DAY(2026, 12, 3), 2)

    assert weekly.days(times=2) == [DAY(2026, 12, 17), DAY(2026, 12, 31)]
    assert weekly.days(times=9, until=DAY(2026, 12, 31)) == [DAY(2026, 12, 17), DAY(2026, 12, 31)]
    assert len(weekly.days()) == dates.MOST


def test_holidays_and_weekends_are_pointed_out():
    assert "Kerst" in warning_of(DAY(2030, 12, 25))
    assert warning_of(DAY(2030, 12, 21))  # a Saturday
    assert warning_of(DAY(2020, 12, 1))
    assert warning_of(DAY(2030, 12, 19)) == ""


# Copies


@pytest.fixture
def rich(desk, cast):
    """An event with everything that a copy takes along or leaves."""
    event = desk.event
    first = event.sessions.get()
    add_session(
        event,
        title="Vervolg",
        starts_at=first.starts_at + datetime.timedelta(days=7),
        ends_at=first.ends_at + datetime.timedelta(days=7),
    )
    event = EventPage.objects.get(pk=event.pk)
    event.registration_closes_at = first.starts_at - datetime.timedelta(days=2)
    event.recording_url, event.learnt = "https://voorbeeld.be/film", "<p>Luisteren.</p>"
    event.leaders = [EventLeader(name="Lea Leider")]
    event.related = [EventRelated(page=make_practice())]
    event.materials = [EventMaterial(document=make_document())]
    event.save()
    ask(event)
    EventPrivate.objects.filter(event=event).update(practical="Parkeren achteraan", notes="Duur")
    make_registration(event)
    desk.event = EventPage.objects.get(pk=event.pk)
    return desk.event


def copied(desk, event, first, /, **data):
    form = {"title": "Tweede keer", "first": first.isoformat(), "once": str(uuid4()), **data}
    return desk.client().post(reverse("event_desk:copy", args=[event.pk]), form)


@pytest.mark.django_db
def test_a_copy_is_a_draft_with_its_own_dates(desk, rich):
    first = timezone.localdate() + datetime.timedelta(days=100)

    assert copied(desk, rich, first, is_edition="on").status_code == 302

    made = EventPage.objects.get(title="Tweede keer")
    old, new = list(rich.sessions.order_by("starts_at")), list(made.sessions.order_by("starts_at"))
    assert not made.live
    assert [timezone.localtime(one.starts_at).date() for one in new] == [first, first + datetime.timedelta(days=7)]
    assert [timezone.localtime(one.starts_at).time() for one in new] == [
        timezone.localtime(one.starts_at).time() for one in old
    ]
    assert timezone.localtime(made.registration_closes_at).date() == first - datetime.timedelta(days=2)
    assert {one.uid for one in new}.isdisjoint({one.uid for one in old})
    assert (made.previous, made.owner) == (rich, desk.organiser)


@pytest.mark.django_db
def test_a_copy_takes_words_and_questions_along_and_leaves_what_happened(desk, rich):
    copied(desk, rich, timezone.localdate() + datetime.timedelta(days=100))

    made = EventPage.objects.get(title="Tweede keer")
    assert [one.name for one in made.leaders.all()] == ["Lea Leider"]
    assert made.related.count() == made.questions.count() == 1
    assert (made.materials.count(), made.recording_url, made.learnt, made.registrations.count()) == (0, "", "", 0)
    assert (made.private.practical, made.private.notes) == ("Parkeren achteraan", "")
    assert made.previous is None
    assert made.latest_revision.as_object().sessions.count() == 2


@pytest.mark.django_db
def test_a_copy_of_what_is_closed_is_closed(desk, rich):
    set_page_audience(rich, Audience.LIVC_R)
    made = copying.copy_event(source=rich, first=timezone.localdate(), by=desk.organiser)

    assert made.get_view_restrictions().count() == 1
    made.save_revision().publish()
    assert desk.client("practitioner").get(made.url).status_code == 404


@pytest.mark.django_db
def test_a_copy_can_be_published_and_copied_once_more(desk, rich):
    first = copying.copy_event(source=rich, first=timezone.localdate(), by=desk.organiser)
    first.get_latest_revision().publish()
    second = copying.copy_event(source=first, first=timezone.localdate(), by=desk.organiser)

    assert EventPage.objects.get(pk=first.pk).live
    assert first.slug != second.slug


@pytest.mark.django_db
def test_a_copy_is_of_what_the_editor_wrote_last(desk, rich):
    rich.title = "Nieuwe titel in een concept"
    rich.save_revision()

    made = copying.copy_event(source=rich, first=timezone.localdate(), by=desk.organiser)

    assert made.title == "Nieuwe titel in een concept"
    assert EventPage.objects.get(pk=rich.pk).sessions.count() == 2


@pytest.mark.django_db
def test_a_double_click_makes_one_copy(desk, rich):
    first, once = timezone.localdate() + datetime.timedelta(days=9), str(uuid4())
    for _click in range(2):
        assert copied(desk, rich, first, once=once).status_code == 302

    assert EventPage.objects.filter(title="Tweede keer").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong", [{"first": "2020-01-01"}, {"first": "morgen"}, {"title": ""}, {"first": "2099-01-01"}]
)
def test_a_copy_that_makes_no_sense_is_refused(desk, rich, wrong):
    before = EventPage.objects.count()

    assert copied(desk, rich, timezone.localdate(), **wrong).status_code == 422
    assert EventPage.objects.count() == before


# Series


def series_form(days, keep=None, **data):
    lines = {f"form-{number}-day": day.isoformat() for number, day in enumerate(days)}
    ticks = {f"form-{number}-keep": "on" for number in (range(len(days)) if keep is None else keep)}
    total = {"form-TOTAL_FORMS": len(days), "form-INITIAL_FORMS": len(days)}
    return {**lines, **ticks, **total, "once": str(uuid4()), **data}


@pytest.mark.django_db
def test_a_series_shows_its_days_before_it_is_made(desk, rich):
    text = desk.page("series", every=2, unit="weken", times=3)

    first = copying.first_day(rich)
    for number in (1, 2, 3):
        assert (first + datetime.timedelta(days=14 * number)).isoformat() in text
    assert EventPage.objects.count() == 1


@pytest.mark.django_db
def test_a_series_is_made_on_the_days_that_are_ticked_each_as_changed(desk, rich):
    first = copying.first_day(rich)
    days = [first + datetime.timedelta(days=number) for number in (7, 15, 21)]
    url = f"{desk.url('series')}?every=1&unit=weken&times=3"

    assert desk.client().post(url, series_form(days, keep=[0, 1])).status_code == 302

    series = EventSeries.objects.get()
    made = series.events.exclude(pk=rich.pk)
    assert {copying.first_day(one) for one in made} == set(days[:2])
    assert series.rule
    assert EventPage.objects.get(pk=rich.pk).series == series
    assert EventPage.objects.get(pk=rich.pk).live
    assert not any(one.live for one in made)


@pytest.mark.django_db
def test_a_double_click_makes_one_series(desk, rich):
    first, url = copying.first_day(rich), f"{desk.url('series')}?every=1&unit=weken&times=1"
    data = series_form([first + datetime.timedelta(days=7)])
    for _click in range(2):
        assert desk.client().post(url, data).status_code == 302

    assert EventPage.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("keep", [[], [0, 1]])
def test_a_series_without_days_or_twice_on_a_day_is_refused(desk, rich, keep):
    day = copying.first_day(rich) + datetime.timedelta(days=7)
    url = f"{desk.url('series')}?every=1&unit=weken&times=2"

    assert desk.client().post(url, series_form([day, day], keep=keep)).status_code == 422
    assert EventPage.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"every": 0}, {"times": 1000}, {"unit": "jaren"}, {"times": "", "until": ""}])
def test_a_rule_that_makes_no_sense_is_refused(desk, rich, wrong):
    query = {"every": 1, "unit": "weken", "times": 2, **wrong}

    assert desk.client().get(desk.url("series"), query).status_code == 422


# Moving


def new_times(event, **changes):
    return {
        one.pk: moving.NewTime(**{name: changes.get(name, getattr(one, name)) for name in moving.FIELDS})
        for one in event.sessions.all()
    }


@pytest.mark.django_db
def test_a_moved_event_keeps_its_registrations_and_tells_who_is_registered(desk):
    event = desk.event
    EventPage.objects.filter(pk=event.pk).update(capacity=1)
    row = make_registration(event)
    waiting = make_registration(event, state=State.WAITING)
    services.announce_changes(event=event)
    OutgoingMail.objects.all().delete()
    times = new_times(event, starts_at=in_days(20, 13), ends_at=in_days(20, 16), venue="De Zeven Torens")

    moved = moving.move(event=event, sessions=times, by=desk.organiser)
    mailings.send_mailings()

    session = moved.sessions.get()
    assert (session.starts_at, session.venue) == (in_days(20, 13), "De Zeven Torens")
    assert (moved.live, moved.has_unpublished_changes, moved.registrations.count()) == (True, False, 2)
    mail = OutgoingMail.objects.get(to=row.email)
    assert "De Zeven Torens" in mail.body
    assert "METHOD:REQUEST" in mail.attachments[0][1]
    assert OutgoingMail.objects.filter(to=waiting.email).count() == 1
    assert moved.latest_revision.user == desk.organiser


@pytest.mark.django_db
def test_a_move_publishes_no_draft_and_the_draft_moves_along(desk):
    draft = EventPage.objects.get(pk=desk.event.pk)
    draft.summary = "Nog niet af"
    draft.save_revision()

    moving.move(event=desk.event, sessions=new_times(desk.event, venue="Elders"), by=desk.organiser)

    live = EventPage.objects.get(pk=desk.event.pk)
    assert live.summary != "Nog niet af"
    assert live.sessions.get().venue == "Elders"
    assert live.has_unpublished_changes
    latest = live.get_latest_revision_as_object()
    assert (latest.summary, latest.sessions.get().venue) == ("Nog niet af", "Elders")


@pytest.mark.django_db
def test_the_window_of_registration_moves_along(desk):
    EventPage.objects.filter(pk=desk.event.pk).update(registration_closes_at=in_days(10))
    times = new_times(desk.event, starts_at=in_days(21, 9), ends_at=in_days(21, 12))

    moved = moving.move(event=desk.event, sessions=times, by=desk.organiser)

    assert moved.registration_closes_at == in_days(17)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({}, RegistrationError),
        ({"ends_at": brussels(2020, 1, 1)}, RegistrationError),
        ({"starts_at": brussels(2020, 1, 1), "ends_at": brussels(2020, 1, 2)}, RegistrationError),
    ],
)
def test_a_move_that_makes_no_sense_is_refused(desk, wrong, error):
    before = list(desk.event.sessions.values())
    with pytest.raises(error):
        moving.move(event=desk.event, sessions=new_times(desk.event, **wrong), by=desk.organiser)

    assert list(desk.event.sessions.values()) == before
    assert not OutgoingMail.objects.exists()


@pytest.mark.django_db
def test_the_second_of_two_organisers_is_told_that_the_event_changed(desk):
    seen = desk.event.latest_revision_id or 0
    moving.move(event=desk.event, sessions=new_times(desk.event, venue="Hier"), by=desk.organiser, seen=seen)

    with pytest.raises(Stale):
        moving.move(event=desk.event, sessions=new_times(desk.event, venue="Daar"), by=desk.organiser, seen=seen)
    assert EventPage.objects.get(pk=desk.event.pk).sessions.get().venue == "Hier"


def move_form(event, **changes):
    session = event.sessions.get()
    start, end = (timezone.localtime(one).strftime("%Y-%m-%dT%H:%M") for one in (session.starts_at, session.ends_at))
    same = {name: getattr(session, name) for name in ("attendance", "venue", "address", "accessibility")}
    fields = {"starts_at": start, "ends_at": end, **same, **changes}
    lines = {f"s{session.pk}-{name}": value for name, value in fields.items()}
    return {**lines, "seen": event.latest_revision_id or 0, "shift_window": "on"}


@pytest.mark.django_db
def test_the_form_moves_an_event(desk):
    answer = desk.client().post(desk.url("move"), move_form(desk.event, venue="De Zeven Torens"))

    assert answer.status_code == 302
    assert EventPage.objects.get(pk=desk.event.pk).sessions.get().venue == "De Zeven Torens"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong", [{"ends_at": "2020-01-01T09:00"}, {"starts_at": "straks"}, {"attendance": "thuis"}, {}]
)
def test_the_form_refuses_nonsense(desk, wrong):
    assert desk.client().post(desk.url("move"), move_form(desk.event, **wrong)).status_code == 422


# Cancelling


@pytest.mark.django_db
def test_cancelling_says_first_what_will_happen_to_how_many(desk):
    for state in (State.REGISTERED, State.REGISTERED, State.WAITING, State.OFFERED, State.WITHDRAWN):
        make_registration(desk.event, state=state)

    context = desk.client().get(desk.url("cancel")).context

    assert (context["coming"], context["waiting"]) == (2, 2)
    assert EventState.objects.get(event=desk.event).cancelled_at is None


@pytest.mark.django_db
def test_a_cancelled_event_tells_everybody_and_cannot_be_cancelled_twice(desk):
    row, waiting = make_registration(desk.event), make_registration(desk.event, state=State.WAITING)
    data = {"why": "De spreker is ziek", "seen": desk.event.latest_revision_id or 0}

    assert desk.client().post(desk.url("cancel"), data).status_code == 302
    assert desk.client().post(desk.url("cancel"), data).status_code == 422

    assert {one.state for one in desk.event.registrations.all()} == {State.CANCELLED}
    mailings.send_mailings()
    assert "METHOD:CANCEL" in OutgoingMail.objects.get(to=row.email).attachments[0][1]
    assert "De spreker is ziek" in OutgoingMail.objects.get(to=waiting.email).body
    assert "De spreker is ziek" in desk.page("event")
    with pytest.raises(Closed):
        moving.move(event=desk.event, sessions=new_times(desk.event, venue="Elders"), by=desk.organiser)


@pytest.mark.django_db
def test_an_event_is_not_cancelled_without_a_reason(desk):
    assert desk.client().post(desk.url("cancel"), {"why": " ", "seen": 0}).status_code == 422
    assert EventState.objects.get(event=desk.event).cancelled_at is None


@pytest.mark.django_db
def test_what_can_no_longer_be_done_is_not_offered(desk):
    past = make_event(days=-5)
    text = desk.client().get(reverse("event_desk:event", args=[past.pk])).content.decode()

    assert reverse("event_desk:move", args=[past.pk]) not in text
    assert reverse("event_desk:cancel", args=[past.pk]) not in text
    assert desk.url("move") in desk.page("event")

"""The list of events: what it finds, in which order, how it narrows."""

import datetime

import pytest
from django.utils import timezone

from events.models import EventState
from people.audiences import Audience
from people.services.closing import set_page_audience
from search.models import OutboxEntry
from taxonomy.models import Scheme
from tests.events.factories import add_session, in_days, make_event
from tests.factories import make_concept
from tests.practices.conftest import index, reindex  # noqa: F401  # the fixture

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.slow]


def titles(response):
    return [hit.result.title for hit in response.context["listing"].hits]


@pytest.fixture
def calendar(index, cast):  # noqa: F811
    """Three to come, of other kinds, and one that is past."""
    theme = make_concept("polarisatie", slug="polarisatie")
    sector = make_concept("jeugdwerk", Scheme.SECTOR, slug="jeugdwerk")
    late = make_event(title="Late vorming", days=40, themes=[theme], price="75.00")
    soon = make_event(title="Webinar over taal", days=5, kind="webinar", sessions=0, sectors=[sector])
    add_session(soon, days=5, attendance="online", venue="", address="")
    middle = make_event(
        title="Studiedag gesprek", days=20, kind="study_day", level_secondary=False, level_tertiary=True
    )
    make_event(title="Oude vorming", days=-30)
    make_event(title="Nog ouder", days=-300)
    reindex()
    return soon, middle, late


def test_upcoming_events_stand_nearest_first_and_past_ones_behind_a_choice(client, calendar):
    assert titles(client.get("/vorming/")) == ["Webinar over taal", "Studiedag gesprek", "Late vorming"]
    assert titles(client.get("/vorming/?wanneer=voorbij")) == ["Oude vorming", "Nog ouder"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=taal", {"Webinar over taal"}),
        ("activiteit=study_day", {"Studiedag gesprek"}),
        ("niveau=tertiary", {"Studiedag gesprek"}),
        ("thema=polarisatie", {"Late vorming"}),
        ("sector=jeugdwerk", {"Webinar over taal"}),
        ("deelname=online", {"Webinar over taal"}),
        ("provincie=oost-vlaanderen", {"Studiedag gesprek", "Late vorming"}),
        ("prijs=betalend", {"Late vorming"}),
        ("prijs=gratis", {"Webinar over taal", "Studiedag gesprek"}),
        ("q=oude", set()),
        ("q=oude&wanneer=voorbij", {"Oude vorming", "Nog ouder"}),
    ],
)
def test_words_and_filters_find_events(client, calendar, query, found):
    response = client.get(f"/vorming/?{query}&literal=1")

    assert set(titles(response)) == found
    assert response.context["listing"].total == len(found)


def test_a_month_narrows(client, calendar):
    month = f"{timezone.localtime(calendar[0].sessions.get().starts_at):%Y-%m}"

    assert "Webinar over taal" in titles(client.get(f"/vorming/?maand={month}"))
    assert titles(client.get("/vorming/?maand=2031-01")) == []


def test_an_event_that_runs_now_is_not_past(client, index):  # noqa: F811
    now = timezone.now()
    event = make_event(title="Nu bezig", sessions=0)
    add_session(event, starts_at=now - datetime.timedelta(hours=1), ends_at=now + datetime.timedelta(hours=1))
    reindex()

    assert titles(client.get("/vorming/")) == ["Nu bezig"]
    assert titles(client.get("/vorming/?wanneer=voorbij")) == []


def test_where_nothing_fits_the_past_is_the_way_out(client, calendar):
    listing = client.get("/vorming/?q=oude&literal=1").context["listing"]
    way = listing.ways_out.without_narrowing

    assert way.count == 2
    assert titles(client.get("/vorming/" + way.url)) == ["Oude vorming", "Nog ouder"]


def test_the_choice_of_the_past_goes_along_to_filters_and_the_calendar(client, calendar):
    response = client.get("/vorming/?wanneer=voorbij&niveau=secondary")
    listing = response.context["listing"]

    assert "wanneer=voorbij" in listing.request.with_filter("activiteit", "training").url
    assert '<input type="hidden" name="wanneer" value="voorbij">' in response.content.decode()
    assert listing.clear_url == "?wanneer=voorbij"
    assert [view.current for view in listing.views] == [False, True, False]
    assert all("niveau=secondary" in view.url for view in listing.views)


def test_places_are_said_in_words_and_follow_the_counters(client, calendar):
    soon, middle, late = calendar
    EventState.objects.filter(event=soon).update(taken=9)
    EventState.objects.filter(event=middle).update(taken=10)
    EventState.objects.filter(event=late).update(cancelled_at=timezone.now())
    cards = [hit.result.card for hit in client.get("/vorming/").context["listing"].hits]

    assert [card.standing.stand for card in cards] == ["open", "waiting-list", "cancelled"]
    assert "1" in cards[0].standing.words


@pytest.mark.parametrize(
    ("fields", "stand"),
    [
        ({"registration_opens_at": in_days(2)}, "early"),
        ({"registration_closes_at": in_days(-1)}, "closed"),
        ({"has_waiting_list": False, "capacity": 1}, "full"),
        ({"days": -10}, "past"),
        ({"days": -3, "sessions": 2}, "begun"),
    ],
)
def test_what_counts_most_is_said(client, cast, fields, stand):
    event = make_event(**fields)
    EventState.objects.filter(event=event, capacity=1).update(taken=1)
    response = client.get(event.url)

    assert response.context["standing"].stand == stand


def test_a_closed_event_is_found_by_who_may_see_it(cast, calendar):
    set_page_audience(calendar[0], Audience.PRACTITIONERS)
    reindex()

    for role in ("anonymous", "practitioner", "editor"):
        assert "Webinar over taal" not in titles(cast.client(role).get("/vorming/"))
    assert "Webinar over taal" in titles(cast.client("admin").get("/vorming/"))


def test_the_one_search_knows_events_past_ones_too(client, calendar):
    response = client.get("/zoeken/?soort=vorming")

    assert set(titles(response)) >= {"Webinar over taal", "Oude vorming"}
    assert response.context["listing"].total == 5


def test_a_change_of_what_an_event_shows_is_indexed(calendar):
    late = calendar[2]
    OutboxEntry.objects.all().delete()
    term = late.themes.get()
    term.label = "wij-zij-denken"
    term.save()
    assert OutboxEntry.objects.filter(document_id=f"event:{late.pk}").exists()

    OutboxEntry.objects.all().delete()
    session = late.sessions.get()
    session.venue = "Ander huis"
    session.save()
    assert OutboxEntry.objects.filter(document_id=f"event:{late.pk}").exists()


def test_the_index_is_down_and_the_list_still_says_what_comes(client, calendar, settings, tmp_path):
    settings.SEARCH_INDEX_DIR = tmp_path / "nowhere"
    response = client.get("/vorming/?q=vorming")

    assert response.context["listing"].degraded
    assert titles(response) == ["Late vorming"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "query",
    [
        "maand=9999-99",
        "maand=0000-00",
        "maand=2026-13",
        "wanneer=gisteren",
        "wanneer=voorbij&page=99",
        "sort=soonest&q=x",
        "sort=latest",
        "prijs=%3Cscript%3E",
        "maand=2026-12&maand=x",
    ],
)
@pytest.mark.parametrize("path", ["/vorming/", "/vorming/kalender/", "/vorming/kalender.ics", "/vorming/atom.xml"])
def test_whatever_is_asked_is_answered(client, calendar, path, query):
    assert client.get(f"{path}?{query}").status_code == 200

"""The calendar by month: which days show what, and how one goes from month to month."""

import datetime

import pytest
from django.utils import timezone

from events.directory.month import month_of
from events.models import EventState
from people.audiences import Audience
from people.services.closing import set_page_audience
from tests.events.factories import add_session, make_event
from tests.practices.conftest import index, reindex  # noqa: F401  # the fixture

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.slow]
BRUSSELS = timezone.get_default_timezone()


def at(*moment):
    return datetime.datetime(*moment, tzinfo=BRUSSELS)


def make_at(title, *spans, **fields):
    event = make_event(title=title, sessions=0, **fields)
    for start, end in spans:
        add_session(event, starts_at=start, ends_at=end)
    return event


@pytest.fixture
def months(index, cast):  # noqa: F811
    """Around the end of March 2027, where the clock changes."""
    late = make_at("Laat", (at(2027, 3, 31, 22), at(2027, 4, 1, 1)))
    change = make_at("Klok", (at(2027, 3, 28, 1), at(2027, 3, 28, 4)), kind="webinar")
    twice = make_at("Tweemaal", (at(2027, 3, 10, 9), at(2027, 3, 10, 10)), (at(2027, 3, 10, 13), at(2027, 3, 10, 14)))
    make_at("April", (at(2027, 4, 15, 9), at(2027, 4, 15, 12)))
    reindex()
    return late, change, twice


def days_of(client, query):
    response = client.get(f"/vorming/kalender/?{query}")
    assert response.status_code == 200
    weeks = month_of(response.context["listing"]).weeks
    return {
        cell.day.day: [entry.card.page.title for entry in cell.events]
        for week in weeks
        for cell in week
        if cell.day and cell.events
    }


def test_every_session_stands_on_its_days_in_the_time_of_brussels(client, months):
    assert days_of(client, "maand=2027-03") == {10: ["Tweemaal"], 28: ["Klok"], 31: ["Laat"]}
    assert days_of(client, "maand=2027-04") == {1: ["Laat"], 15: ["April"]}


def test_it_is_a_table_whose_days_are_read_out_in_full(client, months):
    text = client.get("/vorming/kalender/?maand=2027-03").content.decode()

    assert "<caption>" in text
    assert text.count('<th scope="col">') == 7
    assert '<time datetime="2027-03-28">' in text


def test_the_filters_of_the_list_narrow_a_month(client, months):
    assert days_of(client, "maand=2027-03&activiteit=webinar") == {28: ["Klok"]}
    assert days_of(client, "maand=2027-03&q=tweemaal&literal=1") == {10: ["Tweemaal"]}


def test_months_beside_it_keep_the_words_and_filters(client, months):
    month = month_of(client.get("/vorming/kalender/?maand=2027-03&activiteit=webinar").context["listing"])

    assert month.before_url == "?activiteit=webinar&maand=2027-02"
    assert month.after_url == "?activiteit=webinar&maand=2027-04"


def test_an_empty_month_leads_to_the_next_event(client, months):
    later = timezone.localdate() + datetime.timedelta(days=400)
    make_at("Later", (at(later.year, later.month, 15, 9), at(later.year, later.month, 15, 12)))
    reindex()
    before = later.replace(day=1) - datetime.timedelta(days=20)
    month = month_of(client.get(f"/vorming/kalender/?maand={before:%Y-%m}").context["listing"])

    assert month.next_url == f"?maand={later:%Y-%m}"


def test_without_a_month_it_is_this_one(client, months):
    response = client.get("/vorming/kalender/")

    assert response.context["listing"].narrowing.first == timezone.localdate().replace(day=1)


@pytest.mark.parametrize("asked", ["9999-99", "9999-12", "0001-01", "2027-13", "x", "2027-3", "2027-03-01", "²027-03"])
def test_what_is_no_month_is_said_and_shows_this_one(client, months, asked):
    listing = client.get("/vorming/kalender/", {"maand": asked}).context["listing"]

    assert listing.narrowing.first == timezone.localdate().replace(day=1)
    assert len(listing.notices) == 1


def test_the_ends_of_the_calendar_have_no_step_further(client, months):
    year = timezone.localdate().year
    last = month_of(client.get(f"/vorming/kalender/?maand={year + 3}-12").context["listing"])
    first = month_of(client.get(f"/vorming/kalender/?maand={year - 10}-01").context["listing"])

    assert (last.after_url, first.before_url) == ("", "")


def test_a_cancelled_event_says_so(client, months):
    EventState.objects.filter(event=months[1]).update(cancelled_at=timezone.now())

    assert "is-cancelled" in client.get("/vorming/kalender/?maand=2027-03").content.decode()


def test_a_closed_event_stands_on_no_day(client, cast, months):
    set_page_audience(months[2], Audience.LIVC_R)
    reindex()

    assert 10 not in days_of(client, "maand=2027-03")
    assert 10 in days_of(cast.client("admin"), "maand=2027-03")


def test_a_session_with_a_mistyped_year_does_not_fill_the_calendar_for_ever(client, index, cast):  # noqa: F811
    make_at("Lang", (at(2027, 3, 10, 9), at(2037, 3, 10, 9)))
    reindex()

    assert len(days_of(client, "maand=2027-03")) == 22


def test_where_the_calendar_itself_is_closed_nothing_is_there(client, cast, months):
    set_page_audience(months[0].get_parent(), Audience.LIVC_R)

    assert client.get("/vorming/kalender/").status_code == 404
    assert cast.client("admin").get("/vorming/kalender/").status_code == 200


@pytest.mark.parametrize("address", ["/vorming/kalender/", "/vorming/kalender.ics", "/vorming/atom.xml"])
def test_they_are_only_read(client, cast, address):
    assert client.post(address).status_code in {403, 405}


def test_htmx_gets_the_month_alone(client, months):
    text = client.get("/vorming/kalender/?maand=2027-03", headers={"HX-Request": "true"}).content.decode()

    assert "month__table" in text
    assert "maart 2027" in text.partition("</title>")[0]
    assert "<html" not in text

"""The calendar of what is free: true at the moment it is drawn, by keyboard and in words."""

import datetime
import re

import pytest
from django.template import engines
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from experts.availability.free_table import _month, free_month, free_weeks
from experts.availability.public_holidays import name_of_holiday
from experts.models import BookedDayPart, Booking, BusyTime
from tests.experts.factories import make_expert
from tests.factories import make_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.slow]
TODAY = datetime.date(2026, 12, 9)  # a Wednesday


@pytest.fixture
def _december(monkeypatch):
    moment = datetime.datetime(2026, 12, 9, 6, tzinfo=datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.fixture
def ask_url():
    try:
        return reverse("booking_ask")
    except NoReverseMatch:
        pytest.skip("nobody asks for a booking yet")


def drawn(expert, query=""):
    template = engines["django"].from_string("{% load availability_tags %}{% free_table expert %}")
    return template.render({"expert": expert}, RequestFactory().get(f"/{query}"))


def book(expert, day, part="morning"):
    booking = Booking.objects.create(organisation=make_organisation(), subject="x", offer_kind="advice", place="online")
    BookedDayPart.objects.create(expert=expert, day=day, day_part=part, booking=booking, confirmed=True)


@pytest.mark.usefixtures("_december")
def test_a_month_is_the_weeks_that_hold_its_days_from_this_one_on():
    month = free_month(make_expert())
    assert month.month == datetime.date(2026, 12, 1)
    assert [week.days[0] for week in month.weeks] == [datetime.date(2026, 12, day) for day in (7, 14, 21, 28)]
    assert (month.previous, month.next) == (None, datetime.date(2027, 1, 1))
    january = free_month(make_expert(), "2027-01")
    assert january.weeks[0].days[0] == datetime.date(2026, 12, 28)
    assert january.weeks[-1].days[0] == datetime.date(2027, 1, 25)
    assert (january.previous, january.next) == (datetime.date(2026, 12, 1), datetime.date(2027, 2, 1))


@pytest.mark.usefixtures("_december")
def test_nothing_is_shown_of_more_than_a_year_ahead():
    assert free_month(make_expert(), "2027-12").next is None
    assert any(week.has_free for week in free_month(make_expert(), "2027-12").weeks)


@pytest.mark.usefixtures("_december")
@pytest.mark.parametrize(
    "wanted",
    [
        "",
        "2026-11",
        "2028-01",
        "2027-13",
        "2027",
        "2027-1",
        "2027-01-05",
        "x",
        "\x00",
        "9" * 40,
        "2027-0١",
        "20270-1",
        "2027W0",
    ],
)
def test_an_odd_month_is_this_one(wanted):
    assert free_month(make_expert(), wanted).month == datetime.date(2026, 12, 1)


@pytest.mark.usefixtures("_december")
def test_cells_say_free_taken_or_past():
    expert = make_expert()
    book(expert, datetime.date(2026, 12, 10))
    cells = {str(cell.slot): cell for row in free_month(expert).weeks[0].rows for cell in row.cells}
    assert cells["2026-12-08-morning"].is_past
    assert not cells["2026-12-10-morning"].is_free
    assert cells["2026-12-11-morning"].is_free


@pytest.mark.usefixtures("_december")
def test_the_holidays_of_a_week_are_named():
    weeks = free_month(make_expert()).weeks
    assert [day.day for day, _name in weeks[2].holidays] == [25]
    assert not any(cell.is_free for row in weeks[2].rows for cell in row.cells if cell.slot.day.day == 25)


@pytest.mark.usefixtures("_december")
def test_a_week_with_nothing_free_is_one_line():
    expert = make_expert()
    expert.exceptions.create(first=datetime.date(2026, 12, 14), last=datetime.date(2026, 12, 20))
    html = drawn(expert)
    assert (html.count("<table"), html.count("free-week__none")) == (3, 1)


@pytest.mark.usefixtures("_december")
def test_it_is_a_real_table_with_headers_and_words():
    html = drawn(make_expert())
    assert html.count("<table") == html.count("<caption") == 4
    assert html.count('scope="col"') == 4 * 8
    assert html.count('scope="row"') == 4 * 3
    assert not re.search(r"<td[^>]*>\s*</td>", html)


@pytest.mark.usefixtures("_december")
def test_the_first_free_day_parts_stand_in_words():
    expert = make_expert()
    assert [str(cell.slot) for cell in free_month(expert, "2027-03").first_free] == [
        "2026-12-09-morning",
        "2026-12-09-afternoon",
        "2026-12-09-evening",
    ]
    assert "woensdag 9 december 2026" in drawn(expert)
    assert free_month(make_expert(always_free=False)).first_free == []


@pytest.mark.usefixtures("_december")
def test_a_free_day_part_leads_to_asking_for_it(ask_url):
    expert = make_expert()
    html = drawn(expert)
    assert f'href="{ask_url}?expert={expert.pk}&amp;dagdeel=2026-12-11-morning"' in html
    book(expert, datetime.date(2026, 12, 11))
    assert "dagdeel=2026-12-11-morning" not in drawn(expert)


def test_a_table_takes_the_same_few_queries_always(django_assert_num_queries):
    expert = make_expert()
    with django_assert_num_queries(5):
        drawn(expert, "?maand=2027-02")


@pytest.mark.usefixtures("_december")
def test_her_own_preview_links_nowhere():
    weeks = free_weeks(make_expert(), 8)
    assert [week.days[0] for week in weeks][:2] == [datetime.date(2026, 12, 7), datetime.date(2026, 12, 14)]
    assert len(weeks) == 8
    assert not any(cell.url for week in weeks for row in week.rows for cell in row.cells)


def ordinary_day():
    ahead = (timezone.localdate() + datetime.timedelta(days=number) for number in range(40, 60))
    return next(day for day in ahead if not name_of_holiday(day))


def free_before_and_after(change):
    """How many day-parts a visitor's page calls free, and how many after a change that moves no generation."""
    expert, day = make_expert(), ordinary_day()
    url = f"{expert.url}?maand={day:%Y-%m}"
    Client().get("/")  # makes the settings of the site, which is a change
    before = Client().get(url)
    assert before.status_code == 200
    _change(change, expert, day)
    return [page.content.decode().count("free-week__cell--free") for page in (before, Client().get(url))]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", ["booking", "calendar", "week", "exception", "rules"])
def test_a_page_never_calls_free_what_was_just_taken(change):
    before, after = free_before_and_after(change)
    assert after < before


@pytest.mark.django_db(transaction=True)
def test_it_would_if_the_page_were_kept(monkeypatch):
    monkeypatch.setattr("experts.templatetags.availability_tags.leave_out", lambda: None)
    before, after = free_before_and_after("calendar")
    assert after == before


def _change(change, expert, day):
    if change == "booking":
        book(expert, day)
    elif change == "calendar":
        start = datetime.datetime.combine(day, datetime.time(9), datetime.UTC)
        BusyTime.objects.create(expert=expert, starts_at=start, ends_at=start + datetime.timedelta(days=1))
    elif change == "week":
        expert.weekly.filter(weekday=day.weekday()).delete()
    elif change == "exception":
        expert.exceptions.create(first=day, last=day)
    else:
        type(expert.availability).objects.update(max_per_week=0)


@settings(deadline=None)
@given(st.text(max_size=12))
def test_whatever_stands_in_the_address_there_is_a_month(text):
    assert _month(text, TODAY).day == 1

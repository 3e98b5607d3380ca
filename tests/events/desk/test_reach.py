"""The figures tell whom events reach and whom they do not; spreadsheets hold no formula, and the log notes each."""

import datetime
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from events.choices import RegistrationState as State
from events.desk import reach
from events.desk.reach import Period
from events.models import Answer, EventState, GuestLink
from people.models import AuditAction, AuditEntry
from tests.events.desk.making import answer, ask, evaluate
from tests.events.factories import in_days, make_event, make_registration
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
YEAR = Period(TODAY - datetime.timedelta(days=365), TODAY)


def table(name, period=YEAR):
    return {row[0]: row[1:] for one in reach.tables(period) if one.name == name for row in one.rows}


@pytest.fixture
def past(desk):
    """An event of last month: two municipalities came, one stayed away."""
    event = make_event(days=-30, title="Vorige maand", kind="webinar")
    one, two = make_organisation(province="limburg", size_class="s"), make_organisation(province="limburg")
    make_registration(event, organisation=one, state=State.PRESENT, role="officer")
    make_registration(event, organisation=one, state=State.PRESENT)
    make_registration(event, organisation=two)
    make_registration(event, organisation=make_organisation(province="antwerpen"), state=State.ABSENT)
    make_registration(event, organisation=make_organisation(), state=State.WITHDRAWN)
    return event


def test_reach_by_province_kind_and_year(past):
    assert table("provincie") == {"Limburg": [3, 2, 1, 0, 0], "Antwerpen": [0, 0, 1, 1, 100]}
    assert list(table("soort").values()) == [[3, 2, 1, 1, 25]]
    assert list(table("jaar")) == [str(in_days(-30).year)]
    assert sum(row[0] for row in table("rol").values()) == 3
    assert sum(row[0] for row in table("grootte").values()) == 3


def test_what_is_outside_the_period_or_cancelled_does_not_count(past):
    assert table("jaar", Period(TODAY - datetime.timedelta(days=10), TODAY)) == {}
    EventState.objects.filter(event=past).update(cancelled_at=timezone.now())

    assert table("jaar") == {}


def test_an_event_to_come_does_not_count_yet(desk):
    make_registration(desk.event)

    assert table("jaar", Period(TODAY, TODAY + datetime.timedelta(days=60))) == {}


def test_the_last_day_of_the_period_belongs_to_it(past):
    day = in_days(-30).date()

    assert table("jaar", Period(day, day))
    assert not table("jaar", Period(day + datetime.timedelta(days=1), TODAY))


def test_pressure_on_the_waiting_list(past):
    make_registration(past, state=State.WAITING)
    make_registration(past, state=State.PRESENT, queued_at=in_days(-40))

    assert table("wachtlijst") == {"Vorige maand": [2, 1, 7, 10]}


def test_evaluations_are_told_from_three_answers_on(past):
    evaluate(past, 2)
    assert table("evaluatie") == table("vormingen") == {}
    evaluate(past, 1, score=1)

    assert set(map(tuple, table("evaluatie").values())) == {(3.0,)}
    assert table("vormingen") == {"Vorige maand": [3.0, 3.0, 3]}


def test_municipalities_that_are_not_reached(past, desk):
    never = make_organisation(province="limburg")
    merged = make_organisation(merged_into=never)
    away = past.registrations.get(state=State.ABSENT).organisation
    came = past.registrations.filter(state=State.PRESENT)[0].organisation

    found = list(reach.unreached(YEAR))

    assert {never, away} <= set(found)
    assert not {merged, came} & set(found)
    assert list(reach.unreached(YEAR, "limburg")) == [never]
    assert reach.reached(YEAR) == 2


def test_who_came_before_the_period_is_not_reached_in_it_and_says_when(past):
    came = past.registrations.filter(state=State.PRESENT)[0].organisation

    rows = {one: one.last for one in reach.unreached(Period(TODAY - datetime.timedelta(days=5), TODAY))}

    assert rows[came] == in_days(-30)
    assert rows[past.registrations.get(state=State.ABSENT).organisation] is None


def test_figures_take_a_fixed_number_of_queries(past, desk, django_assert_max_num_queries):
    client, url = desk.client(), reverse("event_desk:figures")
    client.get(url)
    with django_assert_max_num_queries(20):
        client.get(url)
    for _number in range(10):
        make_registration(make_event(days=-9), organisation=make_organisation(), state=State.PRESENT)
    with django_assert_max_num_queries(20):
        client.get(url)


@pytest.mark.parametrize("query", [{"van": "nooit"}, {"tot": "0001-01-01"}, {"van": "9999-12-31"}, {"provincie": "x"}])
def test_an_address_that_somebody_typed_shows_figures(desk, query):
    for name in ("figures", "figures_export", "unreached", "unreached_export"):
        assert desk.client().get(reverse(f"event_desk:{name}"), query).status_code == 200


def cells(answer):
    assert answer["Content-Disposition"].startswith("attachment")
    book = load_workbook(io.BytesIO(answer.content))
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row]


@pytest.mark.parametrize("name", ["figures_export", "unreached_export"])
def test_spreadsheets_of_figures_hold_no_formula_and_are_logged(past, desk, name):
    make_organisation(name="=HYPERLINK(1)")

    found = cells(desk.client().get(reverse(f"event_desk:{name}")))

    assert found
    assert not any(cell.data_type == "f" for cell in found)
    assert AuditEntry.objects.filter(action=AuditAction.EXPORTED, actor=desk.organiser).count() == 1


def test_participants_with_hostile_names_do_no_harm_in_a_spreadsheet(desk):
    question = ask(desk.event, text="+Wat eet u?")
    link = GuestLink.objects.create(event=desk.event, label="@SUM(A1)", expires_at=in_days(3))
    hostile = make_registration(desk.event, name="=cmd|' /C calc'!A0", guest_link=link)
    answer(hostile, question, "-2+3\x07" + "x" * 40_000)

    found = cells(desk.client().get(desk.url("participants_export")))

    values = [cell.value for cell in found]
    assert "'=cmd|' /C calc'!A0" in values
    assert "'@SUM(A1)" in values
    assert "'+Wat eet u?" in values
    assert not any(cell.data_type == "f" for cell in found)
    assert AuditEntry.objects.filter(action=AuditAction.EXPORTED, actor=desk.organiser).count() == 1


def test_a_spreadsheet_has_answers_only_as_long_as_they_are_kept(desk):
    question = ask(desk.event)
    registration = make_registration(desk.event)
    gone = make_registration(desk.event, name="", anonymised_at=timezone.now())
    answer(registration, question, "Geen noten")

    def values():
        return [cell.value for cell in cells(desk.client().get(desk.url("participants_export")))]

    assert {"Geen noten", question.text} <= set(values())
    assert gone.email not in values()
    Answer.objects.all().delete()
    assert not {"Geen noten", question.text} & set(values())

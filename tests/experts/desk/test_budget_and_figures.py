"""Budget and quota are kept with their reasons; the figures say what was asked, what came of it and what is lacking."""

import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from experts.booking import services
from experts.booking.quota import pool_standing, standing
from experts.choices import BookingState
from experts.desk.budget import municipalities_in
from experts.desk.counting import tables
from experts.models import Allowance, Booking, ExpertPage, PoolYear, Quota
from people.models import AuditAction, AuditEntry
from tests.experts.booking.making import slot
from tests.factories import make_concept

pytestmark = pytest.mark.django_db
State = BookingState
YEAR = timezone.localdate().year


def year_form(**overrides):
    return {"year": 2031, "budget": "5000", "quota_xs": 2, "quota_s": "", "quota_": 4, **overrides}


def test_a_year_is_set_with_a_quota_for_each_class(desk):
    assert desk.client().post(reverse("expert_desk:new_year"), year_form()).status_code == 302

    assert dict(Quota.objects.values_list("size_class", "day_parts")) == {"xs": 2, "": 4}
    desk.client().post(reverse("expert_desk:year", args=[2031]), year_form(budget="6000", quota_xs="", quota_l=9))
    assert dict(Quota.objects.values_list("size_class", "day_parts")) == {"l": 9, "": 4}
    assert pool_standing(2031).total == 6000


@pytest.mark.parametrize("wrong", [{"year": 12}, {"budget": "-1"}, {"quota_xs": -2}, {"year": ""}])
def test_an_impossible_year_is_refused(desk, wrong):
    assert desk.client().post(reverse("expert_desk:new_year"), year_form(**wrong)).status_code == 422
    assert not PoolYear.objects.exists()


def test_a_year_stands_there_once(desk):
    PoolYear.objects.create(year=2031, budget=1)

    assert desk.client().post(reverse("expert_desk:new_year"), year_form()).status_code == 422
    assert desk.client().get(reverse("expert_desk:year", args=[2040])).status_code == 404


def test_more_is_allowed_with_a_reason(desk):
    year = PoolYear.objects.create(year=2031, budget=1000)
    Quota.objects.create(pool_year=year, size_class="", day_parts=2)
    town, url = desk.parties.organisation, reverse("expert_desk:allow", args=[2031])

    desk.client().post(url, {"organisation": town.pk, "day_parts": 3, "euro": 0, "reason": "Na een incident"})
    desk.client().post(url, {"organisation": "", "day_parts": 0, "euro": 500, "reason": "Extra subsidie"})

    assert (standing(town, 2031).total, pool_standing(2031).total) == (5, 1500)
    assert set(Allowance.objects.values_list("by", flat=True)) == {desk.parties.desk.pk}
    assert "Na een incident" in desk.client().get(reverse("expert_desk:year", args=[2031])).content.decode()


@pytest.mark.parametrize(
    "wrong", [{"reason": ""}, {"day_parts": 0}, {"euro": 5}, {"organisation": ""}, {"day_parts": -1}]
)
def test_what_makes_no_sense_is_not_allowed(desk, wrong):
    PoolYear.objects.create(year=2031, budget=1000)
    data = {"organisation": desk.parties.organisation.pk, "day_parts": 3, "euro": 0, "reason": "x", **wrong}

    assert desk.client().post(reverse("expert_desk:allow", args=[2031]), data).status_code == 422
    assert not Allowance.objects.exists()


def test_the_list_of_municipalities_says_the_same_as_the_quota(desk):
    booking = desk.parties.booking(State.CONFIRMED)
    year = booking.charges.get().year
    pool_year = PoolYear.objects.create(year=year, budget=1000)
    Quota.objects.create(pool_year=pool_year, size_class="", day_parts=5)

    row, truth = municipalities_in(pool_year)[0], standing(desk.parties.organisation, year)
    assert (row["used"], row["held"], row["total"], row["left"]) == (truth.used, truth.held, truth.total, truth.left)
    assert row["used"] == 1


# Figures


def rows(name, year=YEAR):
    return {row[0]: row[1:] for table in tables(year) if table.name == name for row in table.rows}


@pytest.fixture
def busy(desk):
    """One agreed, one refused for want of capacity, one for another reason."""
    parties, theme = desk.parties, make_concept("Polarisatie")
    parties.booking(State.CONFIRMED, themes=[theme], level="primary")
    for reason, day in (("no_capacity", 40), ("too_far", 50)):
        booking = parties.booking(State.PROPOSED, options=[[slot(day)]])
        services.refuse(booking=booking, expert=parties.expert, reason=reason, by=parties.acting)
    return desk


def test_what_was_asked_and_what_came_of_it(busy):
    quarter = f"K{(timezone.localdate().month + 2) // 3}"

    asked, agreed, without, capacity, euro = rows("kwartaal")[quarter]
    assert (asked, agreed, without, capacity, euro) == (3, 1, 2, 1, 250)
    assert rows("thema")["Polarisatie"][:2] == [1, 1]
    assert rows("provincie")["Antwerpen"][0] == 3
    assert sum(row[0] for row in rows("niveau").values()) == 3


def test_experts_are_counted_by_what_they_answered(busy):
    asked, accepted, refused, capacity, days = rows("expert")[busy.parties.expert.title]

    assert (asked, accepted, refused, capacity) == (3, 1, 2, 1)
    assert days == 0
    assert sum(row[0] for row in rows("weigering").values()) == 2


def test_another_year_is_empty(busy):
    assert sum(row[0] for row in rows("kwartaal", YEAR + 1).values()) == 0


def test_what_was_made_anonymous_still_counts(busy):
    before = [table.rows for table in tables(YEAR)]
    Booking.objects.update(
        requested_by=None, approved_by=None, contact_name="", question="", subject="", anonymised_at=timezone.now()
    )

    assert [table.rows for table in tables(YEAR)] == before


def test_figures_take_few_queries_however_much_there_is(busy, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        tables(YEAR)


def test_the_page_has_a_table_beside_every_chart(busy):
    page = busy.client().get(f"{reverse('expert_desk:figures')}?jaar={YEAR}").content.decode()

    assert page.count('desk-bars"') == page.count('class="desk-figure__both"') > 5
    assert "style=" not in page.partition('class="nice-padding desk"')[2].partition("</main>")[0]


@pytest.mark.parametrize("year", ["abc", "1", "99999", "-1"])
@pytest.mark.parametrize("name", ["figures", "figures_export"])
def test_a_year_that_is_none_is_not_found(desk, name, year):
    assert desk.client().get(f"{reverse(f'expert_desk:{name}')}?jaar={year}").status_code == 404


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_a_hostile_name_is_no_formula_in_the_spreadsheet(busy, sign):
    ExpertPage.objects.filter(pk=busy.parties.expert.pk).update(title=f"{sign}HYPERLINK(1)")

    answer = busy.client().get(reverse("expert_desk:figures_export"))

    book = load_workbook(io.BytesIO(answer.content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any("HYPERLINK" in str(cell.value) for cell in cells)
    assert not any(cell.data_type == "f" or str(cell.value).startswith(sign + "HYPERLINK") for cell in cells)
    assert book["kwartaal"].max_row == 5


def test_the_log_notes_the_export(busy):
    before = AuditEntry.objects.filter(action=AuditAction.EXPORTED).count()
    busy.client().get(reverse("expert_desk:figures_export"))

    assert AuditEntry.objects.filter(action=AuditAction.EXPORTED, actor=busy.parties.desk).count() == before + 1

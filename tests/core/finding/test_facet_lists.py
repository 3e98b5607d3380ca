"""Facets as lists: how many values show, in which order, and the years of a practice."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from core.finding.options import FINDABLE_FROM, SENT_AT_ONCE, SHOWN_AT_FIRST, FacetGroup, Option
from taxonomy.models import Scheme
from tests.factories import make_concept, make_practice
from tests.practices.conftest import reindex

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def group(number: int, *chosen: int) -> FacetGroup:
    return FacetGroup("x", "X", [Option(str(n), str(n), 1, n in chosen) for n in range(number)], number=number)


def test_a_short_list_is_whole_and_a_long_one_opens() -> None:
    assert not group(SHOWN_AT_FIRST + 1).rest
    assert len(group(20).head) == SHOWN_AT_FIRST
    assert len(group(20).rest) == 20 - SHOWN_AT_FIRST
    assert group(FINDABLE_FROM).is_findable
    assert not group(FINDABLE_FROM - 1).is_findable


def test_what_is_chosen_always_shows() -> None:
    assert [option.value for option in group(20, 19).head][-1] == "19"
    assert "19" not in [option.value for option in group(20, 19).rest]


def facet(client: Client, name: str) -> list[str]:
    groups = client.get("/praktijken/").context["listing"].facets
    return [option.value for found in groups if found.name == name for option in found.values]


def test_a_practice_counts_for_every_year_in_which_it_ran(client: Client, library: str) -> None:
    this_year = timezone.localdate().year
    make_practice(period_start=datetime.date(2017, 3, 1), period_end=datetime.date(2019, 2, 1), status="completed")
    make_practice(period_start=datetime.date(this_year - 1, 3, 1), status="ongoing")
    make_practice(period_start=datetime.date(2012, 3, 1), status="stopped")
    reindex()
    assert facet(client, "jaar") == [str(year) for year in (this_year, this_year - 1, 2019, 2018, 2017, 2012)]
    assert client.get("/praktijken/", {"jaar": "2018"}).context["listing"].total == 1


def test_method_phase_tag_and_municipality_are_lists(client: Client, library: str) -> None:
    assert (facet(client, "methode"), facet(client, "fase")) == ([], [])
    make_practice(
        methods=[make_concept("huisbezoek", Scheme.METHOD, slug="huisbezoek")],
        livc_phases=[make_concept("opstart", Scheme.LIVC_PHASE, slug="opstart")],
    )
    reindex()
    assert (facet(client, "methode"), facet(client, "fase")) == (["huisbezoek"], ["opstart"])
    assert (facet(client, "label"), facet(client, "gemeente")) == (["school"], ["44021"])


def test_a_long_list_works_without_script_and_can_be_searched_with_it(client: Client, library: str) -> None:
    for number in range(20):
        make_practice(tags=[f"label {number:02}"])
    reindex()
    html = client.get("/praktijken/", {"label": "label 19"}).content.decode()
    head, _, rest = html[html.index('name="label"') :].partition("facet__rest")
    assert 'value="label 19" checked' in head
    assert 'id="find-label"' in html
    assert 'value="label 1' in rest


@pytest.fixture
def many_tags(library: str) -> None:
    make_practice(tags=[f"label {number:02}" for number in range(SENT_AT_ONCE + 10)])
    reindex()


def test_of_very_many_values_the_first_and_the_chosen_are_sent_with_a_link_to_all(
    client: Client, many_tags: None
) -> None:
    response = client.get("/praktijken/", {"label": "label 49", "jaar": timezone.localdate().year})
    group = next(group for group in response.context["listing"].facets if group.name == "label")
    assert group.number > SENT_AT_ONCE
    assert len(group.values) == SHOWN_AT_FIRST + 1
    assert [option.value for option in group.values if option.selected] == ["label 49"]
    html = response.content.decode()
    assert f'href="{escape(group.more_url)}"' in html
    assert group.is_findable
    assert ("label", "label 49") not in response.context["listing"].hidden_fields

    whole = client.get("/praktijken/" + group.more_url)
    found = next(other for other in whole.context["listing"].facets if other.name == "label")
    assert (len(found.values), found.more_url) == (group.number, "")
    assert whole.context["listing"].total == response.context["listing"].total
    assert '<details class="facet__rest" open>' in whole.content.decode()
    assert '<meta name="robots" content="noindex, follow">' in whole.content.decode()


def test_all_of_a_facet_is_no_filter_and_no_question(client: Client, many_tags: None) -> None:
    assert not client.get("/praktijken/", {"alle": "label"}).context["listing"].chips
    for nonsense in ("", "onzin", "label&alle=label", "q"):
        assert client.get(f"/praktijken/?alle={nonsense}").status_code == 200

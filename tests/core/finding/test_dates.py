"""Narrowing by date: real days narrow, anything else is said and kept, nothing breaks."""

import datetime

import pytest
from django.test import Client

from tests.factories import Tree, make_practice
from tests.practices.conftest import reindex

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def dated(library: str) -> str:
    make_practice(title="Oud maar waar", confirmed_on=datetime.date(2020, 5, 1))
    make_practice(title="Pas bevestigd", confirmed_on=datetime.date(2026, 10, 1))
    reindex()
    return library


def titles(response) -> set[str]:
    return {hit.result.title for hit in response.context["listing"].hits}


def test_a_range_of_days_narrows_and_comes_off_by_its_chips(client: Client, dated: str) -> None:
    response = client.get(dated, {"van": "2020-05-01", "tot": "2020-05-02"})
    assert titles(response) == {"Oud maar waar"}
    assert [chip.url for chip in response.context["listing"].chips] == ["?tot=2020-05-02", "?van=2020-05-01"]
    assert 'value="2020-05-01"' in response.content.decode()


@pytest.mark.parametrize(
    "query", [{"van": "32/13/2026"}, {"tot": "morgen"}, {"van": "2026-02-01", "tot": "2026-01-01"}]
)
def test_what_is_no_range_is_said_at_the_field_and_narrows_nothing(client: Client, dated: str, query) -> None:
    response = client.get(dated, query)
    listing, html = response.context["listing"], response.content.decode()
    assert response.status_code == 200
    assert listing.total == client.get(dated).context["listing"].total
    assert [fault for fault in listing.days.faults if fault] == listing.notices
    assert 'aria-invalid="true"' in html
    for typed in query.values():
        assert f'value="{typed}"' in html


def test_days_stay_when_the_page_turns_and_lead_nowhere_without_a_way_out(client: Client, dated: str) -> None:
    listing = client.get(dated, {"q": "bevestigd", "tot": "2019-01-01"}).context["listing"]
    assert listing.total == 0
    assert listing.ways_out.without_days.url == "?q=bevestigd"
    assert listing.request.with_page(2).url == "?q=bevestigd&tot=2019-01-01&page=2"


def test_the_list_of_practices_takes_days_too(client: Client, dated: str, tree: Tree) -> None:
    assert titles(client.get(tree.index.url, {"van": "2026-10-01", "tot": "2026-10-31"})) == {"Pas bevestigd"}

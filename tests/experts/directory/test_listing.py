"""The directory: what it finds, how it narrows, and what it costs."""

import datetime

import pytest
from django.utils import timezone

from experts.models import ExpertPage, WeeklyDayPart
from people.audiences import Audience
from people.services.closing import set_page_audience
from search.models import OutboxEntry
from taxonomy.models import Scheme
from tests.experts.factories import make_expert, make_expert_index, make_offer
from tests.factories import make_concept, make_organisation
from tests.practices.conftest import index, reindex  # noqa: F401  # the fixture

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.slow]


def titles(response):
    return [hit.result.title for hit in response.context["listing"].hits]


def in_days(number):
    return timezone.localdate() + datetime.timedelta(days=number)


@pytest.fixture
def pool(index, cast):  # noqa: F811
    """Two experts of another kind: one is free, one never is."""
    theme = make_concept("polarisatie", slug="polarisatie")
    method = make_concept("bemiddeling", Scheme.METHOD, slug="bemiddeling")
    anna = make_expert(
        title="Anna Anker", themes=[theme], specialisms=[method], organisation=make_organisation("Havenhuis")
    )
    bert = make_expert(title="Bert Boei", always_free=False, level_secondary=False, level_tertiary=True)
    make_offer(bert, kind="training", languages=["fr"], provinces=["limburg"])
    reindex()
    return anna, bert


FOUND = {
    "": {"Anna Anker", "Bert Boei"},
    "q=havenhuis": {"Anna Anker"},
    "specialisme=bemiddeling": {"Anna Anker"},
    "thema=polarisatie": {"Anna Anker"},
    "niveau=tertiary": {"Bert Boei"},
    "aanbod=training": {"Bert Boei"},
    "taal=fr": {"Bert Boei"},
    "provincie=limburg": {"Bert Boei"},
    "taal=fr&taal=nl": {"Anna Anker", "Bert Boei"},
    "q=niemandheet": set(),
}


def test_words_and_filters_find_experts(client, pool):
    answers = {query: client.get(f"/experten/?{query}") for query in FOUND}

    assert {query: set(titles(response)) for query, response in answers.items()} == FOUND
    assert {q: found.context["listing"].total for q, found in answers.items()} == {q: len(n) for q, n in FOUND.items()}


def test_free_in_a_period_narrows_hits_counts_and_facets(client, pool):
    response = client.get(f"/experten/?vrij-van={in_days(3)}&vrij-tot={in_days(10)}")
    listing = response.context["listing"]

    assert titles(response) == ["Anna Anker"]
    assert listing.total == 1
    assert {value.value for group in listing.facets if group.name == "niveau" for value in group.values} == {
        "secondary"
    }
    assert len(listing.chips) == 2
    assert "vrij-tot" in listing.chips[0].url
    assert "vrij-van" not in listing.chips[0].url


def test_free_in_a_period_knows_the_part_of_the_day(client, pool):
    WeeklyDayPart.objects.filter(expert=pool[0]).exclude(day_part="evening").delete()

    assert titles(client.get(f"/experten/?vrij-van={in_days(3)}&dagdeel=evening")) == ["Anna Anker"]
    assert titles(client.get(f"/experten/?vrij-van={in_days(3)}&dagdeel=morning")) == []


def test_free_in_a_period_goes_along_to_other_filters_and_pages(client, index, cast):  # noqa: F811
    for number in range(25):
        make_expert(title=f"Expert {number:02}", always_free=number < 22)
    reindex()
    listing = client.get(f"/experten/?vrij-van={in_days(3)}").context["listing"]

    assert (listing.total, listing.pagination.count) == (22, 2)
    second = client.get("/experten/" + listing.pagination.next_url)
    assert len(titles(second)) == 2
    assert "vrij-van" in listing.request.with_filter("taal", "nl").url


def test_nobody_free_shows_the_way_out(client, pool):
    pool[0].delete()
    reindex()
    response = client.get(f"/experten/?vrij-van={in_days(3)}&vrij-tot={in_days(4)}")

    assert titles(response) == []
    assert response.context["listing"].ways_out.without_narrowing.count == 1
    assert 'href="/experten/"' in response.content.decode()


@pytest.mark.parametrize(
    "query",
    ["vrij-van=gisteren", "vrij-van=2020-01-01&vrij-tot=2020-02-01", "vrij-van=9999-12-31", "dagdeel=x&vrij-tot=0"],
)
def test_a_period_that_makes_no_sense_is_answered(client, pool, query):
    assert client.get(f"/experten/?{query}").status_code == 200


def test_a_period_that_is_over_says_so_and_finds_nobody(client, pool):
    listing = client.get("/experten/?vrij-van=2020-01-01&vrij-tot=2020-02-01").context["listing"]

    assert listing.total == 0
    assert len(listing.notices) == 1


def test_who_left_the_pool_is_in_no_list(client, pool):
    ExpertPage.objects.filter(pk=pool[0].pk).update(pool_until=in_days(-1))
    reindex()

    assert titles(client.get("/experten/")) == ["Bert Boei"]
    assert titles(client.get("/zoeken/?q=anna+anker&literal=1")) == []


def test_a_closed_expert_is_found_by_who_may_see_her(cast, pool):
    set_page_audience(pool[0], Audience.PRACTITIONERS)
    reindex()
    for role in ("anonymous", "practitioner", "editor"):
        assert titles(cast.client(role).get(f"/experten/?vrij-van={in_days(3)}")) == []
    assert titles(cast.client("admin").get(f"/experten/?vrij-van={in_days(3)}")) == ["Anna Anker"]


def test_the_one_search_knows_experts(client, pool):
    response = client.get("/zoeken/?soort=expert")

    assert set(titles(response)) == {"Anna Anker", "Bert Boei"}


def test_a_change_of_what_an_expert_shows_is_indexed(pool):
    OutboxEntry.objects.all().delete()
    term = pool[0].themes.get()
    term.label = "wij-zij-denken"
    term.save()
    pool[0].organisation.name = "Havenhuis Zuid"
    pool[0].organisation.save()

    assert OutboxEntry.objects.filter(document_id=f"expert:{pool[0].pk}").exists()


def test_the_index_is_down_and_the_list_still_narrows(client, pool, settings, tmp_path):
    make_expert_index()
    settings.SEARCH_INDEX_DIR = tmp_path / "nowhere"
    response = client.get(f"/experten/?vrij-van={in_days(3)}")

    assert response.context["listing"].degraded
    assert titles(response) == ["Anna Anker"]

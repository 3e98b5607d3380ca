"""The list, the calendar, a page and the front page cost a bounded number of queries, however much they show. (Within
a test's transaction nothing is remembered, so these commit.)"""

import pytest
from django.test import Client
from django.utils import timezone

from core.page_cache import pages
from events.models import EventLeader, EventRelated, EventSeries
from taxonomy.models import Scheme
from tests.events.factories import make_event
from tests.experts.factories import make_expert
from tests.factories import make_concept, make_practice, make_tree
from tests.practices.conftest import index, reindex  # noqa: F401  # the fixture

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.any_database, pytest.mark.slow]
MOST = 12


@pytest.fixture
def visitor(index: None, settings) -> Client:  # noqa: F811
    """Of a calendar of thirty events, in a process that has served a page already."""
    settings.SEARCH_DRAIN_ON_COMMIT = False
    make_tree()
    series = EventSeries.objects.create(title="Reeks")
    themes = [make_concept() for _ in range(2)]
    for number in range(30):
        event = make_event(
            title=f"Vorming {number}",
            slug=f"vorming-{number}",
            days=number - 5,
            sessions=2,
            series=series,
            themes=themes,
            sectors=[make_concept(scheme=Scheme.SECTOR)],
        )
    for _ in range(4):
        EventLeader.objects.create(event=event, expert=make_expert())
        EventRelated.objects.create(event=event, page=make_practice())
    reindex()
    pages.clear()
    client = Client()
    for address in ("/", "/vorming/?x=warm", "/vorming/kalender/?x=warm", "/praktijken/?x=warm", event.url + "?x=warm"):
        client.get(address)
    pages.clear()
    return client


def test_lists_cost_few_queries(visitor, django_assert_max_num_queries):
    month = f"{timezone.localdate():%Y-%m}"
    for address in (
        "/vorming/",
        "/vorming/?q=vorming&niveau=secondary",
        "/vorming/?wanneer=voorbij",
        f"/vorming/kalender/?maand={month}",
        f"/vorming/kalender/?maand={month}&q=vorming",
        "/vorming/kalender/?maand=2030-01",
        "/vorming/kalender.ics",
        "/vorming/atom.xml",
    ):
        with django_assert_max_num_queries(MOST, info=address):
            assert visitor.get(address).status_code == 200


def test_the_page_with_everything_on_it(visitor, django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        response = visitor.get("/vorming/vorming-29/")

    assert len(response.context["leaders"]) == 4
    assert len(response.context["related"]) == 4
    assert len(response.context["dates"].coming) > 10


def test_the_front_page(visitor, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST):
        response = visitor.get("/?x=1")

    assert len(response.context["shore"].coming) == 3

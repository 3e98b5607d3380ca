"""The directory costs a visitor at most twelve queries, however much it shows. (Within a test's transaction nothing is
remembered, so these commit.)"""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from core.page_cache import pages
from taxonomy.models import Scheme
from tests.experts.factories import make_expert
from tests.factories import ImageFactory, make_concept, make_organisation, make_tree
from tests.practices.conftest import index, reindex  # noqa: F401  # the fixture

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 12


@pytest.fixture
def visitor(index: None, settings) -> Client:  # noqa: F811
    """Of a pool of fifteen experts with photos, in a process that has served a page already."""
    settings.SEARCH_DRAIN_ON_COMMIT = False
    make_tree()
    for number in range(15):
        make_expert(
            title=f"Expert {number}",
            organisation=make_organisation(),
            specialisms=[make_concept(scheme=Scheme.METHOD)],
            photo=ImageFactory(),
        )
    reindex()
    pages.clear()
    client = Client()
    for warm in ("one", "two"):  # the first makes the thumbnails, which is a change
        client.get(f"/experten/?x={warm}")
    return client


def test_the_list_costs_few_queries(visitor, django_assert_max_num_queries):
    first = timezone.localdate() + datetime.timedelta(days=3)
    period = f"vrij-van={first}&vrij-tot={first + datetime.timedelta(days=20)}"
    for query in ("", "q=expert&taal=nl", period, f"{period}&provincie=antwerpen&dagdeel=evening", "q=xqz"):
        with django_assert_max_num_queries(MOST, info=query):
            response = visitor.get(f"/experten/?{query}&x=1")
        assert (response.context["listing"].total > 0) == (query != "q=xqz"), query

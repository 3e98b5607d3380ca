"""What is no address of ours gets a page that says so; everything else that people type gets an answer."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.middleware import MAXIMUM_QUERY
from tests.practices.conftest import index, reindex  # noqa: F401  # the fixture `index`

pytestmark = pytest.mark.django_db
PATHS = ("/zoeken/", "/praktijken/", "/zoeken/suggesties/", "/")
SYNTAX = (
    "*:*",
    "title:",
    "a AND OR",
    '"open',
    "((",
    ")(",
    "~2",
    "^9",
    "[a TO",
    "{}",
    "\\",
    "a:b:c",
    "+-",
    "IN [",
    "/x/",
)
ODD = st.sampled_from(
    [*SYNTAX, "😀🏳️‍🌈", "سلام على", "\u202eabc", "e\u0301" * 20, "\x01\x1f\x7f", "ﬁ ß İ", "ㅤ", "\u200b" * 50]
)
QUERIES = st.lists(st.one_of(ODD, st.text(max_size=30)), max_size=6).map(" ".join).filter(lambda q: "\x00" not in q)
FEW = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def library(index, tree) -> None:  # noqa: F811
    reindex()


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=a%00b",
        "%00=1",
        "q=%ff",
        "q=%c3%28",
        "page=%00",
        "q=" + "a" * MAXIMUM_QUERY,
        "q=" + "%F0%9F%98%80" * 900,
    ],
)
def test_what_no_form_of_the_site_sends_is_refused_with_our_own_page(client, library, path: str, query: str) -> None:
    response = client.get(f"{path}?{query}")
    assert response.status_code == 400
    assert "<main" in response.content.decode()
    assert "Content-Security-Policy" in response.headers


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "query", ["q=" + "a" * (MAXIMUM_QUERY - 2), "q=" + "a+" * 3000, "q=%F0%9F%98%80", "page=abc", "page=99999999"]
)
def test_what_is_only_odd_is_answered(client, library, path: str, query: str) -> None:
    assert client.get(f"{path}?{query}").status_code == 200


@FEW
@given(path=st.sampled_from(PATHS), query=QUERIES)
def test_whatever_people_type_is_answered(client: Client, library: None, path: str, query: str) -> None:
    assert client.get(path, {"q": query}).status_code == 200


def test_a_bulk_action_of_the_admin_may_name_many_pages(cast) -> None:
    many = "&".join(f"id={number}" for number in range(2000))
    url = f"/beheer/bulk/wagtailcore/page/publish/?{many}&next=/beheer/"
    assert cast.client("admin").get(url).status_code != 400

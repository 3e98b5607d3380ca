"""Whatever stands in an address, the site answers; it never breaks."""

import string
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.events.factories import make_event
from tests.factories import make_concept, make_organisation, make_practice
from tests.practices.conftest import index, reindex  # noqa: F401  # the fixture `index`

pytestmark = pytest.mark.django_db

PARAMETERS = (
    *("q", "niveau", "thema", "doelgroep", "sector", "vorm", "provincie", "gemeente", "onderbouwing", "bewijs"),
    *("wanneer", "maand", "activiteit", "deelname", "prijs"),
    *("status", "methode", "fase", "label", "sorteer", "pagina", "letterlijk", "next", "page", "format"),
)
KNOWN_VALUES = (
    *("primary", "tertiary", "dialoog", "44021", "oost-vlaanderen", "described", "ongoing", "nieuwste", "2"),
    *("voorbij", "2026-12", "9999-99", "0000-00", "study_day", "soonest"),
)
NASTY = (
    *(
        "",
        "\x00",
        "-1",
        "0",
        "9" * 30,
        "1e9",
        "NaN",
        "٣",
        "%",
        "%00",
        "%ff",
        "'",
        '"',
        "\\",
        "';--",
        "<script>",
        "../..",
    ),
    *("*:*", "a AND", '"open', "((", "~", "^2", "a" * 3000, "\u202e", "😀", "e\u0301", "\ud7ff", "\ufeff", "[["),
    *("\r\nSet-Cookie: a=b", "{{7*7}}", "$where"),
)
any_value = st.one_of(
    st.sampled_from(NASTY),
    st.sampled_from(KNOWN_VALUES),
    st.text(max_size=40),
    st.text(alphabet=string.punctuation + " \t\n\x00\x1f\u2028", max_size=12),
)
any_name = st.one_of(st.sampled_from(PARAMETERS), st.text(max_size=8))
# A list, so that a name can come twice.
any_query = st.lists(st.tuples(any_name, any_value), max_size=6).map(urlencode)
any_slug = st.one_of(
    st.sampled_from(["een-praktijk", "dialoog", "gemeenten", "pdf", "..", "%2e%2e"]),
    st.text(min_size=1, max_size=30),
).map(lambda text: quote(text, safe="%"))

PATHS = (
    *("/", "/praktijken/", "/praktijken/een-praktijk/", "/praktijken/een-praktijk/pdf/", "/praktijken/atom.xml"),
    *(
        "/praktijken/gemeenten/",
        "/praktijken/export.csv",
        "/praktijken/export.xlsx",
        "/begrippen/",
        "/begrippen/dialoog/",
    ),
    *(
        "/zoeken/",
        "/zoeken/suggesties/",
        "/sitemap.xml",
        "/robots.txt",
        "/favicon.ico",
        "/account/login/",
        "/account/signup/",
    ),
    *("/beheer/login/", "/_util/login/", "/bestaat-niet/"),
    *("/vorming/", "/vorming/kalender/", "/vorming/kalender.ics", "/vorming/atom.xml", "/vorming/een-vorming/"),
)
SHAPES = (
    *("/{}", "/{}/", "/praktijken/{}/", "/praktijken/{}/pdf/", "/praktijken/export.{}", "/begrippen/{}/"),
    *("/documenten/{}/x.pdf", "/vorming/{}/", "/vorming/{}/agenda.ics", "/vorming/seintje/{}/"),
)
FAST = settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture
def library(index, tree):  # noqa: F811
    theme = make_concept("Dialoog", slug="dialoog")
    gent = make_organisation("Gent", province="oost-vlaanderen", nis_code="44021")
    make_event(title="Een vorming", slug="een-vorming", themes=[theme])
    make_practice(title="Een praktijk", slug="een-praktijk", themes=[theme], ran_in=[gent], tags=["buurt"])
    reindex()


def answers(client, url: str) -> None:
    response = client.get(url)
    assert response.status_code < 500, (response.status_code, url)
    assert "\n" not in response.get("Location", "")


@FAST
@given(path=st.sampled_from(PATHS), query=any_query)
def test_any_query_string_gets_an_answer(client, library, path, query):
    answers(client, f"{path}?{query}")


@FAST
@given(query=any_query, fragment=st.booleans())
def test_the_listing_answers_any_query_string(client, library, query, fragment):
    headers = {"hx-request": "true"} if fragment else {}
    response = client.get(f"/praktijken/?{query}", headers=headers)
    assert response.status_code == (400 if "%00" in query else 200), (response.status_code, query)


@settings(FAST, max_examples=40)
@given(raw=st.binary(max_size=40))
def test_bytes_that_are_no_text_get_an_answer(client, library, raw):
    query = "".join(f"%{byte:02x}" for byte in raw)
    answers(client, f"/praktijken/?q={query}&{query}=1")


@settings(FAST, max_examples=60)
@given(shape=st.sampled_from(SHAPES), slug=any_slug, query=any_query)
def test_any_path_gets_an_answer(client, library, shape, slug, query):
    answers(client, f"{shape.format(slug)}?{query}")


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("nul", ["%00", "a%00b"])
def test_a_nul_in_the_path_is_refused_and_breaks_nothing(client, library, shape, nul):
    """PostgreSQL refuses a NUL in any text, so it must not reach a query."""
    assert 400 <= client.get(shape.format(nul)).status_code < 500


@pytest.mark.slow
@pytest.mark.parametrize("name", PARAMETERS)
def test_a_nul_in_a_parameter_breaks_nothing(client, library, name):
    for path in (
        "/praktijken/",
        "/vorming/",
        "/vorming/kalender/",
        "/zoeken/",
        "/zoeken/suggesties/",
        "/praktijken/export.csv",
        "/account/login/",
    ):
        answers(client, f"{path}?{name}=a%00b&{name}=%00")

"""A search request reads any URL, keeps within bounds, and writes URLs that can be shared."""

from dataclasses import replace
from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from search.params import MAXIMUM_PAGE, MAXIMUM_TEXT, MAXIMUM_VALUES
from search.query import Days, Facet, SearchRequest, Sort
from search.syntax import MAXIMUM_TERMS, parse
from tests.search.conftest import FACETS, PUBLIC


def read(query: str) -> SearchRequest:
    return SearchRequest.from_params(QueryDict(query), audiences=PUBLIC, facets=FACETS)


def test_reads_everything() -> None:
    request = read("q=moskee&level=primary&level=tertiary&theme=school&sort=newest&page=3&literal=1&other=x")
    assert request.text == "moskee"
    assert request.filters == {"level": ("primary", "tertiary"), "theme": ("school",)}
    assert (request.sort, request.page, request.literal) == (Sort.NEWEST, 3, True)


@pytest.mark.parametrize(
    ("query", "page"),
    [("page=0", 1), ("page=-4", 1), ("page=x", 1), ("page=²", 1), ("page=99999999999999999999", MAXIMUM_PAGE)],
)
def test_page_is_kept_within_bounds(query: str, page: int) -> None:
    assert read(query).page == page


def test_too_much_is_cut_and_said() -> None:
    request = read("q=" + "a" * (MAXIMUM_TEXT + 1))
    assert len(request.text) == MAXIMUM_TEXT
    assert len(request.notices) == 1
    assert read("q=" + "+".join(["abc"] * (MAXIMUM_TERMS + 1))).notices
    many = read("&".join(f"level={number}" for number in range(MAXIMUM_VALUES + 1)))
    assert len(many.selected("level")) == MAXIMUM_VALUES
    assert many.notices


def test_control_characters_are_taken_out() -> None:
    assert read("q=a%00b%0ac&level=%1fx").text == "a b c"
    assert read("level=%1fx").selected("level") == ("x",)


def test_unknown_sort_and_repeated_values_do_no_harm() -> None:
    request = read("sort=drop+table&level=a&level=a&level=")
    assert request.sort is Sort.RELEVANCE
    assert request.selected("level") == ("a",)


def test_url_is_canonical() -> None:
    one = read("page=2&level=b&sort=newest&level=a&q=x+y")
    other = read("q=x+y&level=a&level=b&sort=newest&page=2")
    assert one.url == other.url == "?q=x+y&level=a&level=b&sort=newest&page=2"
    assert read(one.url_params()).filters == {"level": ("a", "b")}


def test_changing_a_filter_or_the_order_goes_back_to_the_first_page() -> None:
    request = read("q=x&level=a&page=4")
    assert request.with_filter("level", "b").url == "?q=x&level=a&level=b"
    assert request.with_filter("theme", "t").url == "?q=x&level=a&theme=t"
    assert request.without_filter("level", "a").url == "?q=x"
    assert request.with_sort(Sort.EVIDENCE).url == "?q=x&level=a&sort=evidence"
    assert request.with_page(5).url == "?q=x&level=a&page=5"
    assert request.as_literal().url == "?q=x&level=a&literal=1"
    assert request.without_filters().url == "?q=x"
    assert request.with_text("y").url == "?q=y&level=a"
    assert [(chip.facet.name, chip.value, chip.url) for chip in request.chips] == [("level", "a", "?q=x")]


def test_a_derived_request_is_what_the_changed_values_make() -> None:
    request = read("q=x&level=a&van=2026-01-31&page=4")
    assert request.with_page(2) == replace(request, page=2)
    assert request.with_filter("level", "b") == replace(request, filters={"level": ("a", "b")}, page=1)
    assert request.without_filters() == replace(request, filters={}, days=Days(), page=1)
    assert request.filters == {"level": ("a",)}
    with pytest.raises(TypeError):
        request.with_filter("level", "b").filters["level"] = ()  # type: ignore[index]


def test_a_request_cannot_be_made_without_audiences() -> None:
    with pytest.raises(TypeError):
        SearchRequest(text="x")  # type: ignore[call-arg]
    for audiences in (frozenset(), "public"):
        with pytest.raises(ValueError, match="audiences"):
            SearchRequest(text="x", audiences=audiences)  # type: ignore[arg-type]


def test_a_facet_cannot_take_the_name_of_another_parameter() -> None:
    with pytest.raises(ValueError, match="distinct"):
        SearchRequest(audiences=PUBLIC, facets=(Facet("page"),))


@given(st.text(max_size=400), st.text(max_size=20), st.lists(st.text(max_size=300), max_size=60))
def test_reading_never_raises(text: str, page: str, values: list[str]) -> None:
    params = QueryDict(mutable=True)
    params["q"], params["page"], params["sort"] = text, page, page
    params.setlist("level", values)
    request = SearchRequest.from_params(params, audiences=PUBLIC, facets=FACETS)
    again = SearchRequest.from_params(QueryDict(request.url_params()), audiences=PUBLIC, facets=FACETS)
    assert again.url == request.url


@pytest.mark.parametrize(
    ("text", "words", "phrases", "excluded"),
    [
        ("jeugd werkers", ["jeugd", "werkers"], (), ()),
        ('"lokaal bestuur" moskee', ["moskee"], (("lokaal", "bestuur"),), ()),
        ("moskee -school", ["moskee"], (), (("school",),)),
        ('-"oude school" x', ["x"], (), (("oude", "school"),)),
        ("LIVC-R", ["livc", "r"], (), ()),
        ('"open einde', [], (("open", "einde"),), ()),
        ("„lokaal bestuur”", [], (("lokaal", "bestuur"),), ()),
        ('!!! -- "" - ?', [], (), ()),
    ],
)
def test_query_language(text: str, words: list[str], phrases: object, excluded: object) -> None:
    parsed = parse(text)
    assert [token.word for token in parsed.words] == words
    assert parsed.phrases == phrases
    assert parsed.excluded == excluded


def test_only_a_loose_last_word_may_be_unfinished() -> None:
    assert parse("lokaal best").open_ended
    assert not parse('best "lokaal"').open_ended
    assert not parse("lokaal -best").open_ended


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("van=2026-01-31", date(2026, 1, 31), None),
        ("tot=31/1/2026", None, date(2026, 1, 31)),
        ("van=1.2.2025&tot=2025-2-28", date(2025, 2, 1), date(2025, 2, 28)),
        ("van=2025-02-01&tot=2025-02-01", date(2025, 2, 1), date(2025, 2, 1)),
        ("van=&tot=+", None, None),
    ],
)
def test_days_are_read_as_people_write_them(query: str, first: date | None, last: date | None) -> None:
    days = read(query).days
    assert (days.first, days.last, days.faults) == (first, last, ("", ""))


@pytest.mark.parametrize("typed", ["gisteren", "2026-02-30", "30/2/2026", "2026", "٢٠٢٦-01-01", "0000-01-01", "-1"])
def test_what_is_no_day_narrows_nothing_and_is_kept_with_what_is_wrong(typed: str) -> None:
    params = QueryDict(mutable=True)
    params["van"], params["tot"] = typed, "2026-01-01"
    days = SearchRequest.from_params(params, audiences=PUBLIC).days
    assert (days.first, days.last) == (None, date(2026, 1, 1))
    assert days.typed == (typed, "2026-01-01")
    assert typed in days.faults[0]
    assert not days.faults[1]


def test_a_range_that_ends_before_it_begins_narrows_nothing() -> None:
    days = read("van=2026-02-01&tot=2026-01-01").days
    assert not days
    assert days.typed == ("2026-02-01", "2026-01-01")
    assert days.faults[1]


def test_days_stand_in_the_url_and_come_off_one_by_one() -> None:
    request = read("tot=2026-02-01&van=1/1/2026&q=x&page=3")
    assert request.url == "?q=x&van=2026-01-01&tot=2026-02-01&page=3"
    assert request.without_first_day().url == "?q=x&tot=2026-02-01"
    assert request.without_last_day().url == "?q=x&van=2026-01-01"
    assert request.without_filters().url == "?q=x"

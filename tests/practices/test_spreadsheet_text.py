import datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from practices.spreadsheet import plain, values
from practices.spreadsheet.lookups import CellError


def test_rich_text_becomes_paragraphs_and_lists() -> None:
    html = (
        "<p>Een <b>vette</b> zin.<br/>Nog een.</p><ul><li>een</li><li>twee</li></ul><ol><li>eerst</li><li>dan</li></ol>"
    )
    text = "Een vette zin.\nNog een.\n\n• een\n• twee\n\n1. eerst\n2. dan"
    assert plain.html_to_text(html) == text
    assert plain.text_to_html(text) == html.replace("<b>", "").replace("</b>", "")


def test_what_somebody_types_is_never_markup() -> None:
    assert plain.text_to_html("<script>alert(1)</script>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
def test_storing_a_text_twice_changes_nothing(text: str) -> None:
    once = plain.normal(text)
    assert plain.normal(once) == once


@given(st.text(max_size=60))
def test_no_exported_text_is_a_formula_and_it_comes_back(text: str) -> None:
    out = values.safe(text)
    assert not out.startswith(values.FORMULA_STARTS)
    if text.strip() and not text.strip().startswith("'"):
        assert values.text_of(values.safe(values.text_of(text))) == values.text_of(text)


@pytest.mark.parametrize("raw", ["31/12/2026", "31-12-2026", "2026-12-31", datetime.datetime(2026, 12, 31, 5, 0)])
def test_a_date_is_read_in_the_ways_people_write_it(raw: object) -> None:
    assert values.date_of(raw) == datetime.date(2026, 12, 31)


def test_numbers_are_read_with_comma_and_thousands() -> None:
    assert values.decimal_of("7,5") == Decimal("7.5")
    assert values.whole_of("€ 12.500") == 12500
    assert values.whole_of(1500.0) == 1500
    for raw in ("veel", "1,2,3", "-5", "NaN", "Infinity", "1e9"):
        with pytest.raises(CellError):
            values.decimal_of(raw)
        with pytest.raises(CellError):
            values.whole_of(raw)
    for raw in ("gisteren", "2026-13-45", 5):
        with pytest.raises(CellError):
            values.date_of(raw)

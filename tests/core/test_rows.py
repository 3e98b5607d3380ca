"""The rows of links around a list, which are drawn without templates."""

import pytest
from django.utils.translation import override

from core.finding.options import Link
from core.finding.pagination import PageLink, Pagination
from core.finding.rows import chips_html, pagination_html, sorts_html

EVIL = '"><script>alert(1)</script>&'


@pytest.mark.parametrize(
    "drawn",
    [
        sorts_html([Link(EVIL, f"?q={EVIL}", current=True)]),
        chips_html([Link(EVIL, f"?q={EVIL}", facet_label=EVIL)], f"?{EVIL}"),
        pagination_html(Pagination(2, 3, f"?{EVIL}", f"?{EVIL}", [PageLink(1, f"?{EVIL}"), PageLink(2, current=True)])),
    ],
    ids=["sorts", "chips", "pagination"],
)
def test_what_a_reader_typed_is_no_markup(drawn: str) -> None:
    assert "<script" not in drawn
    assert '"&gt;' not in drawn, "a quote would end the attribute"
    assert "&quot;&gt;&lt;script&gt;" in drawn


def test_only_the_order_and_the_page_of_now_say_so() -> None:
    sorts = sorts_html([Link("Nieuwste", "?sort=a"), Link("Relevantie", "?sort=b", current=True)])
    assert sorts.count("aria-current") == 1
    assert 'data-focus="count" aria-current="true">Relevantie</a>' in sorts
    pages = pagination_html(
        Pagination(3, 9, "?p=2", "?p=4", [PageLink(1, "?p=1"), PageLink(None), PageLink(3, "?p=3", current=True)])
    )
    assert pages.count("aria-current") == 1
    assert 'aria-current="page"><span class="visually-hidden">Pagina </span>3</a>' in pages
    assert '<span class="pagination__gap" aria-hidden="true">…</span>' in pages
    assert 'href="?p=2" hx-get="?p=2" data-focus="count" rel="prev"' in pages
    assert 'href="?p=4" hx-get="?p=4" data-focus="count" rel="next"' in pages


def test_there_is_no_step_before_the_first_page_or_after_the_last() -> None:
    only = pagination_html(Pagination(1, 1, "", "", [PageLink(1, "?", current=True)]))
    assert "rel=" not in only
    assert only.count("<span></span>") == 2, "the numbers stay in the middle"


def test_the_words_are_of_the_readers_language() -> None:
    link = [Link("x", "?x")]
    with override("nl-be"):
        assert "Alle filters wissen" in chips_html(link, "?")
    with override("en"):
        assert "Clear all filters" in chips_html(link, "?")
    with override("nl-be"):
        assert "Alle filters wissen" in chips_html(link, "?")

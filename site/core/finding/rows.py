"""The rows of links around the results as HTML, without templates: with some twelve links a search page spent a
twentieth of its time on them, one variable at a time. Whatever is not markup of ours is escaped here."""

from functools import lru_cache
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.finding.drawing import number_html
from core.finding.options import Link
from core.finding.pagination import PageLink, Pagination
from core.templatetags.core_tags import icon


class Words(NamedTuple):
    """What stands on the rows, escaped."""

    order: str
    sort_by: str
    chosen: str
    remove: str
    clear: str
    pages: str
    page: str
    previous: str
    following: str


@lru_cache(maxsize=16)
def _words(language: str) -> Words:
    """The language is what they are remembered by."""
    words = (
        _("Order of the results"),
        _("Sort by"),
        _("Chosen filters"),
        _("Remove the filter"),
        _("Clear all filters"),
        _("Pages with results"),
        _("Page"),
        _("Previous"),
        _("Next"),
    )
    return Words(*map(escape, words))


def _said() -> tuple[Words, str]:
    language = get_language() or ""
    return _words(language), language


def sorts_html(sorts: list[Link]) -> SafeString:
    """The orders to choose from."""
    words, _language = _said()
    now = ' aria-current="true"'
    rows = [f"<li>{_link(sort.url, escape(sort.label), now if sort.current else '')}</li>\n" for sort in sorts]
    return SafeString(
        f'<nav class="sorts" aria-label="{words.order}"><span aria-hidden="true">{words.sort_by}</span>\n'
        f'<ul role="list">{"".join(rows)}</ul></nav>'
    )


def chips_html(chips: list[Link], clear_url: str) -> SafeString:
    """What is chosen, each with a cross that takes it off; and the link that takes all of it off."""
    words, _language = _said()
    rows = [f"<li>{_link(chip.url, _chip(chip, words), kind='chip')}</li>\n" for chip in chips]
    return SafeString(
        f'<ul class="chips" role="list" aria-label="{words.chosen}">\n{"".join(rows)}'
        f"<li>{_link(clear_url, words.clear, kind='chips__clear')}</li>\n</ul>"
    )


def _chip(chip: Link, words: Words) -> str:
    hidden = f'<span class="visually-hidden">{words.remove} {escape(chip.facet_label)}: </span>'
    return f"{hidden}{escape(chip.label)}{icon('close')}"


def pagination_html(pagination: Pagination) -> SafeString:
    """The numbers of the pages around this one, with the steps to the one before and the one after it."""
    words, language = _said()
    previous = following = "<span></span>"
    if pagination.previous_url:
        inner = f"{icon('back')}{words.previous}"
        previous = _link(pagination.previous_url, inner, ' rel="prev"', kind="pagination__step")
    if pagination.next_url:
        inner = f"{words.following}{icon('arrow')}"
        following = _link(pagination.next_url, inner, ' rel="next"', kind="pagination__step")
    rows = [f'<li class="is-near">{_number(link, words, language)}</li>\n' for link in pagination.links]
    return SafeString(
        f'<nav class="pagination" aria-label="{words.pages}">\n{previous}\n'
        f'<ul role="list">{"".join(rows)}</ul>\n{following}\n</nav>'
    )


def _number(link: PageLink, words: Words, language: str) -> str:
    if link.number is None:
        return '<span class="pagination__gap" aria-hidden="true">…</span>'
    inner = f'<span class="visually-hidden">{words.page} </span>{number_html(link.number, language)}'
    return _link(link.url, inner, ' aria-current="page"' if link.current else "")


def _link(url: str, inner: str, more: str = "", *, kind: str = "") -> str:
    """A link that a script follows in place; `inner` and `more` are HTML."""
    address = escape(url)
    named = f' class="{kind}"' if kind else ""
    return f'<a{named} href="{address}" hx-get="{address}" data-focus="count"{more}>{inner}</a>'

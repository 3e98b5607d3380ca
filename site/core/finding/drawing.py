"""The filters as HTML, without a template: a search page shows some two hundred values, and drawing them one include at
a time took longer than everything else on it. Whatever is not markup of ours is escaped here."""

from functools import lru_cache
from html import escape

from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core.finding.options import FacetGroup, Option
from core.templatetags.core_tags import icon, level_label, level_mark

OPEN_AT_FIRST = 3  # facets


def facets_html(groups: list[FacetGroup]) -> SafeString:
    """All filters; the first ones open, and every one in which something is chosen."""
    language = get_language() or ""
    drawn = [
        _facet(group, language, at < OPEN_AT_FIRST or bool(group.selected_count) or group.in_full)
        for at, group in enumerate(groups)
    ]
    return SafeString("".join(drawn))  # every text in it was escaped below


def _facet(group: FacetGroup, language: str, is_open: bool) -> str:
    name, label = escape(group.name), escape(group.label)
    find = _find(name, group.label, language) if group.is_findable else ""
    described = f' aria-describedby="help-{name}"' if group.help_text else ""
    return (
        f'<details class="facet" data-facet="{name}"{" open" if is_open else ""}>\n'
        f"<summary><span>{label}{_chosen(group.selected_count, language)}</span>{icon('chevron')}</summary>\n"
        f"<fieldset{described}>"
        f'<legend class="visually-hidden">{label}</legend>\n'
        f"{_help(name, group.help_text)}{find}"
        f"{_values(group.name, group.head, language)}{_rest(group, language)}</fieldset>\n</details>\n"
    )


def _chosen(number: int, language: str) -> str:
    if not number:
        return ""
    words = ngettext("%(chosen)s chosen", "%(chosen)s chosen", number) % {"chosen": number_html(number, language)}
    return f' <span class="visually-hidden">({escape(words)})</span>'


def _help(name: str, text: str) -> str:
    return f'<p class="facet__help" id="help-{name}">{escape(text)}</p>\n' if text else ""


@lru_cache(maxsize=256)
def _find(name: str, facet: str, language: str) -> str:
    """A field that a script uses to find a value in a long list; the language is part of what it is remembered by."""
    words = _("Find in %(facet)s") % {"facet": facet}
    return (
        f'<div class="facet__search needs-script">'
        f'<label class="visually-hidden" for="find-{name}">{escape(words)}</label>'
        f'<input id="find-{name}" type="search" data-find placeholder="{escape(_("Find in this list"))}" '
        f'autocomplete="off"><p class="facet__none" role="status" '
        f'data-none="{escape(_("Nothing in this list is called that."))}"></p></div>\n'
    )


def _rest(group: FacetGroup, language: str) -> str:
    """The values that do not show at first; or a link to them, which a script follows in place."""
    if not (group.rest or group.more_url):
        return ""
    all_of_it = _all_of_it(group.number, group.label, language)
    if group.more_url:
        return f'<p><a class="facet__more" href="{escape(group.more_url)}" rel="nofollow">{all_of_it}</a></p>\n'
    return (
        f'<details class="facet__rest"{" open" if group.in_full else ""}><summary>{all_of_it}</summary>\n'
        f"{_values(group.name, group.rest, language)}</details>\n"
    )


@lru_cache(maxsize=1024)
def _all_of_it(number: int, facet: str, language: str) -> str:
    """The language is part of what it is remembered by."""
    words = _("Show all %(total)s") % {"total": number_html(number, language)}
    return f'{escape(words)}<span class="visually-hidden">: {escape(facet)}</span>'


def _values(name: str, options: list[Option], language: str) -> str:
    drawn = []
    for option in options:
        field, words = _around(name, option.value, option.label, language)
        checked = " checked" if option.selected else ""
        drawn.append(f"{field}{checked}{words}{number_html(option.count, language)}</span></label>\n")
    return "".join(drawn)


@lru_cache(maxsize=4096)
def _around(name: str, value: str, label: str, language: str) -> tuple[str, str]:
    """What of a value depends on nothing but itself; the language is part of what it is remembered by."""
    mark = level_mark(value) if level_label(value) else ""
    field = (
        f'<input type="checkbox" id="f-{escape(name)}-{slugify(value)}" name="{escape(name)}" value="{escape(value)}"'
    )
    return (
        f'<label class="facet__value">{field}',
        f'><span class="facet__label">{mark}{escape(label)}</span><span class="facet__count">',
    )


def number_html(number: int, language: str) -> str:
    """As the language writes it, escaped."""
    return str(number) if number < 1000 else _long_number(number, language)


@lru_cache(maxsize=4096)
def _long_number(number: int, language: str) -> str:
    """The language is part of what it is remembered by."""
    return escape(number_format(number))

"""Small pieces of the look that every app's templates use: icons, level marks, the evidence ladder.

The codes of levels come from the enums of the apps above; here they are plain text, so that `core` imports nothing.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import get_template
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

register = template.Library()

LEVEL_LABELS: dict[str, Promise] = {
    "primary": pgettext_lazy("prevention level", "Primary"),
    "secondary": pgettext_lazy("prevention level", "Secondary"),
    "tertiary": pgettext_lazy("prevention level", "Tertiary"),
}
EVIDENCE_LABELS: dict[str, Promise] = {
    "described": _("Described"),
    "well_described": _("Well described"),
    "well_founded": _("Well founded"),
    "effective": _("Effective"),
}
EVIDENCE_RANKS = {code: rank for rank, code in enumerate(EVIDENCE_LABELS, start=1)}


def code_of(level: Any) -> str:
    """The code of an enum member, or of the text that a database row gives back."""
    return str(getattr(level, "value", level) or "")


@register.filter
def level_code(level: Any) -> str:
    return code_of(level)


@register.filter
def level_label(level: Any) -> str:
    return str(LEVEL_LABELS.get(code_of(level), ""))


@register.filter
def evidence_label(level: Any) -> str:
    return str(EVIDENCE_LABELS.get(code_of(level), ""))


@register.filter
def evidence_bars(level: Any) -> list[tuple[float, bool]]:
    """Left edge and filling of the four bars of the ladder."""
    rank = EVIDENCE_RANKS.get(code_of(level), 0)
    return [(0.5 + position * 14, position < rank) for position in range(len(EVIDENCE_RANKS))]


@register.filter
def unbroken(text: str) -> SafeString:
    """Keeps "LIVC-R" on one line; for titles, where lines are short."""
    parts = [escape(part) for part in text.split("LIVC-R")]
    return mark_safe('<span class="nowrap">LIVC-R</span>'.join(parts))  # noqa: S308  # every part is escaped


@register.filter
def names_of(things: Any) -> list[str]:
    """The `name` of each thing, to ask whether a name is among them."""
    return [thing.name for thing in things]


@register.simple_tag
def level_badge(level: Any, main: bool = False) -> SafeString:
    """A level with its mark, colour and word."""
    return _drawn("core/includes/level_badge.html", code_of(level), get_language(), main)


@register.simple_tag
def level_mark(level: Any) -> SafeString:
    """The pyramid alone; decorative, so a word must stand next to it."""
    return _drawn("core/includes/level_mark.html", code_of(level), get_language())


@register.simple_tag
def evidence_ladder(level: Any) -> SafeString:
    """Four bars, filled as far as the evidence goes, with the word."""
    return _drawn("core/includes/evidence_ladder.html", code_of(level), get_language())


@lru_cache(maxsize=128)
def _drawn(name: str, code: str, language: str | None, main: bool = False) -> SafeString:
    """Nothing but its arguments decides what it looks like; a list shows dozens of them."""
    return mark_safe(get_template(name).render({"level": code, "main": main}))  # noqa: S308  # escaped by the template


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """A decorative icon of the sprite static/img/icons.svg. No template of its own: a page has dozens."""
    return _icon(name, extra)


@lru_cache(maxsize=256)
def _icon(name: str, extra: str) -> SafeString:
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        f" {extra}" if extra else "",
        static("img/icons.svg"),
        name,
    )


@register.filter
def headings(body: Iterable[Any]) -> list[str]:
    """The headings of a page's stream of blocks, in order."""
    return [str(block.value) for block in body if block.block_type == "heading"]

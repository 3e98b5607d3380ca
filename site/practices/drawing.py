"""A practice in a list as HTML, without a template: a search page shows twenty, each of them a dozen small pieces.

Whatever is not markup of ours is escaped here; who may see a practice was decided before.
"""

from datetime import date
from functools import lru_cache
from html import escape

from django.utils.formats import date_format
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core.finding.listing import Hit, Manner
from core.templatetags.core_tags import evidence_ladder, icon, level_badge, unbroken
from people.labels import label_of
from practices.cards import PracticeCard
from practices.models import PracticePage

SECTORS_NAMED = 2
Around = tuple[str, date]  # the language and today: what else decides how a card looks


def card_html(card: PracticeCard) -> SafeString:
    page, around = card.page, (get_language() or "", localdate())
    html = (
        f'<article class="card">\n<div class="badges">{level_badge(page.main_level)}{_audience(page)}</div>\n'
        f'<h3 class="card__title"><a href="{escape(card.url)}">{unbroken(page.title)}</a></h3>\n'
        f'<p class="card__summary">{escape(page.summary)}</p>\n'
        f'<div class="card__foot">\n<div>{evidence_ladder(page.evidence_level)}</div>\n'
        f'<p>{_where(card)}</p>\n<p class="card__fresh">{_freshness(page, around)}</p>\n</div>\n</article>\n'
    )
    return SafeString(html)  # every text in it is escaped


def result_html(hit: Hit, manner: Manner) -> SafeString:
    """A hit with its words marked; it says of which kind it is where a list has several."""
    card: PracticeCard = hit.result.card
    page, around = card.page, (manner.language, manner.day)
    if around not in card.drawn:
        card.drawn[around] = _before(card, manner.language), _after(card, around)
    before, after = card.drawn[around]
    name = manner.kinds.get(hit.kind.name)
    kind = f'<span class="kind">{escape(name)}</span>' if name else ""
    title, text = conditional_escape(hit.title_html or page.title), conditional_escape(hit.snippet_html or page.summary)
    html = (
        f'<article class="result">\n<div class="badges">{kind}{before}{title}</a></h3>\n{_attachment(hit.attachment)}'
        f'<p class="result__text">{text}</p>\n{after}</article>\n'
    )
    return SafeString(html)  # every text in it is escaped


def _before(card: PracticeCard, language: str) -> str:
    """What stands before the title of a hit."""
    badges = _badges(tuple(level.value for level in card.page.levels), language)
    return f'{badges}{_audience(card.page)}</div>\n<h3 class="result__title"><a href="{escape(card.url)}">'


def _after(card: PracticeCard, around: Around) -> str:
    """What stands below the passage of a hit."""
    return (
        f'<div class="result__meta">\n{evidence_ladder(card.page.evidence_level)}\n'
        f'<p class="meta-line"><span>{_where(card)}</span><span>{_freshness(card.page, around)}</span></p>\n</div>\n'
    )


def _audience(page: PracticePage) -> str:
    """A lock with a word; nothing for a public page."""
    label = label_of(page)
    return f'<span class="audience">{icon("lock")}{escape(label.short)}</span>' if label else ""


def _attachment(name: str | None) -> str:
    if not name:
        return ""
    words = _("Found in the attachment: %(name)s") % {"name": name}
    return f'<p class="meta-line">{escape(words)}</p>\n'


def _where(card: PracticeCard) -> str:
    sectors = capfirst(", ".join(card.sectors[:SECTORS_NAMED]))
    return escape(f"{sectors} · {_places(card)}" if sectors else _places(card))


def _places(card: PracticeCard) -> str:
    if not card.places:
        return _("Flanders")
    named, more = ", ".join(card.named_places), card.more_places
    if not more:
        return named
    return f"{named} " + ngettext("and %(more)s more", "and %(more)s more", more) % {"more": more}


def _freshness(page: PracticePage, around: Around) -> str:
    language, day = around
    if page.review_is_due_on(day):
        return escape(_("Due for review"))
    if page.confirmed_on:
        return _confirmed_in(page.confirmed_on.replace(day=1), language)
    if page.first_published_at:
        return _published_in(localdate(page.first_published_at).replace(day=1), language)
    return ""


@lru_cache(maxsize=512)
def _confirmed_in(month: date, language: str) -> str:
    """The language, here and below, is part of what it is remembered by."""
    return escape(_("Confirmed in %(month)s") % {"month": date_format(month, "F Y")})


@lru_cache(maxsize=512)
def _published_in(month: date, language: str) -> str:
    return escape(_("Published in %(month)s") % {"month": date_format(month, "F Y")})


@lru_cache(maxsize=64)
def _badges(levels: tuple[str, ...], language: str) -> str:
    return "".join(level_badge(level) for level in levels)

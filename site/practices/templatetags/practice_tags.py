"""A practice in a list."""

from django import template
from django.utils.safestring import SafeString

from core.finding.listing import Hit
from practices.cards import PracticeCard
from practices.drawing import card_html, result_html

register = template.Library()


@register.simple_tag
def practice_card(card: PracticeCard) -> SafeString:
    return card_html(card)


@register.simple_tag
def practice_result(hit: Hit, names_kinds: bool) -> SafeString:
    return result_html(hit, names_kinds)

"""A practice in a list."""

from django import template
from django.utils.safestring import SafeString

from practices.cards import PracticeCard
from practices.drawing import card_html

register = template.Library()


@register.simple_tag
def practice_card(card: PracticeCard) -> SafeString:
    return card_html(card)

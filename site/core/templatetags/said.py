"""`{% load i18n said %}`: Django's own `{% translate %}`, which remembers what a plain text was in each language.

Django makes a lazy text of it, translates, localises and escapes that, whenever it is drawn: a page has dozens. Loaded
after `i18n`, of which the other tags stay what they are.
"""

from typing import Any

from django import template
from django.template.base import FilterExpression, Parser, Token
from django.templatetags.i18n import TranslateNode, do_translate
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

register = template.Library()


class SaidNode(template.Node):
    def __init__(self, text: str, name: str | None) -> None:
        self.text = text
        self.name = name
        self._said: dict[str | None, SafeString] = {}

    def render(self, context: template.Context) -> SafeString:
        language = get_language()
        said = self._said.get(language)
        if said is None:
            # As in Django: a per cent sign stands doubled in the catalogue, and a text of a template is markup of ours.
            found = gettext(self.text.replace("%", "%%")).replace("%%", "%")
            said = self._said[language] = SafeString(found)
        if not self.name:
            return said
        context[self.name] = said
        return SafeString("")


def _plain(expression: FilterExpression) -> str | None:
    """The text, where an expression is nothing else."""
    literal: Any = getattr(expression.var, "literal", None)
    return literal if isinstance(literal, str) and not expression.filters else None


@register.tag
def translate(parser: Parser, token: Token) -> template.Node:
    """Whatever is more than a plain text is left to Django."""
    node: TranslateNode = do_translate(parser, token)
    text = _plain(node.filter_expression)
    if text is None or node.noop or node.message_context:
        return node
    return SaidNode(str(text), node.asvar)

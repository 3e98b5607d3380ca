"""`{% kept "footer" %}…{% endkept %}`: a part of the frame that is the same for every visitor, drawn once a generation.

What the part depends on besides its name is named after it: `{% kept "header" navigation_key %}`. Whoever has a session
gets her own.
"""

import time
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils.safestring import SafeString

from core import generation
from core.page_cache import is_visitor
from core.page_store import PageStore

register = template.Library()
parts: PageStore[SafeString] = PageStore(4 * 1024 * 1024)


class KeptNode(template.Node):
    def __init__(self, nodelist: NodeList, on: list[FilterExpression]) -> None:
        self.nodelist = nodelist
        self.on = on

    def render(self, context: template.Context) -> SafeString:
        request: Any = context.get("request")
        visitor = request is not None and is_visitor(request) and not getattr(request, "is_preview", False)
        if not visitor or generation.in_transaction() or not (number := generation.current()):
            return self.nodelist.render(context)
        host = request.META.get("HTTP_HOST", "")  # as sent: get_host refuses the page that says it is refused
        key = (request.scheme, host, *(str(value.resolve(context)) for value in self.on))
        part = parts.get(number, key)
        if part is None:
            part = self.nodelist.render(context)
            parts.put(number, key, part, size=len(part), until=time.monotonic() + generation.MAX_AGE)
        return part


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    on = [parser.compile_filter(bit) for bit in token.split_contents()[1:]]
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodelist, on)

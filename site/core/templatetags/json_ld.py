"""`{% json_ld page %}`: what a page says of itself to search engines. A data block: browsers never run it."""

import json
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# As django.utils.html.json_script: no text can close the element or open a comment.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def json_ld(context: template.Context, source: Any = None) -> SafeString | str:
    """The data of a page (its `structured_data(request)`), or of a dict; nothing when there is none."""
    request = context.get("request")
    if callable(build := getattr(source, "structured_data", None)):
        source = build(request) if request is not None else None
    if not isinstance(source, dict) or not source:
        return ""
    data = json.dumps(source, cls=DjangoJSONEncoder, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{data}</script>')  # noqa: S308  # escaped above

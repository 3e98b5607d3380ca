"""Small helps for our own pages in the admin."""

from typing import Any

from django import template
from wagtail.admin.admin_url_finder import AdminURLFinder

register = template.Library()


@register.simple_tag(takes_context=True)
def admin_url(context: dict[str, Any], thing: Any) -> str:
    """Where the signed-in editor can edit a thing; empty where she may not."""
    request = context.get("request")
    return AdminURLFinder(request.user).get_edit_url(thing) or "" if request is not None else ""

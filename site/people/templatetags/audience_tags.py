"""For whom a page is, on the page itself, on cards and in the admin."""

from typing import Any

from django import template
from wagtail.models import Page

from people.labels import Label, label_of

register = template.Library()


@register.filter
def audience_label(thing: Any) -> Label | None:
    """None for a public page, and for what is no page."""
    return label_of(thing) if isinstance(thing, Page) else None


@register.inclusion_tag("people/admin/includes/audience_label.html")
def editors_audience(page: Any, place: str = "row") -> dict[str, Any]:
    """What closes a page and where that was set, for editors; `place` tells apart two labels of one page."""
    return {"label": audience_label(page), "page": page, "place": place}


@register.inclusion_tag("people/includes/audience.html")
def audience(thing: Any) -> dict[str, Any]:
    """A lock with a word, on a card or in a list; nothing for a public page."""
    return {"label": audience_label(thing)}

"""What lists draw without templates."""

from django import template
from django.utils.safestring import SafeString

from core.finding.drawing import facets_html
from core.finding.options import FacetGroup

register = template.Library()


@register.simple_tag
def facets(groups: list[FacetGroup]) -> SafeString:
    """All filters of a list."""
    return facets_html(groups)

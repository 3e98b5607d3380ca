"""What lists draw without templates."""

from django import template
from django.utils.safestring import SafeString

from core.finding.drawing import facets_html
from core.finding.listing import Hit, Manner
from core.finding.options import FacetGroup, Link
from core.finding.pagination import Pagination
from core.finding.rows import chips_html, pagination_html, sorts_html

register = template.Library()


@register.simple_tag(takes_context=True)
def results(context: template.Context, hits: list[Hit]) -> SafeString:
    """Hits as items of a list, each as its kind draws it: in Python, or with its template, which finds it as `hit` and
    its `card`.
    """
    manner = context["listing"].manner
    drawn = "".join([f"<li>{_result(context, hit, manner)}</li>\n" for hit in hits])
    return SafeString(drawn)  # nothing but what the kinds drew


def _result(context: template.Context, hit: Hit, manner: Manner) -> SafeString:
    if hit.kind.draw is not None:
        return hit.kind.draw(hit, manner)
    drawn = context.template.engine.get_template(hit.kind.result_template)  # type: ignore[union-attr]  # in a tag
    with context.push(hit=hit, card=hit.result.card):
        return drawn.render(context)


@register.simple_tag
def facets(groups: list[FacetGroup]) -> SafeString:
    """All filters of a list."""
    return facets_html(groups)


@register.simple_tag
def sorts(links: list[Link]) -> SafeString:
    """The orders of a list to choose from."""
    return sorts_html(links)


@register.simple_tag
def chips(links: list[Link], clear_url: str) -> SafeString:
    """What is chosen of the filters of a list."""
    return chips_html(links, clear_url)


@register.simple_tag
def pagination(pages: Pagination) -> SafeString:
    """The numbers of the pages of a list."""
    return pagination_html(pages)

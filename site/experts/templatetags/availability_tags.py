"""`{% free_table expert %}`: when an expert is free, month by month."""

from typing import Any

from django import template

from core.page_cache import leave_out
from experts.availability.free_table import free_month
from experts.models import ExpertPage

register = template.Library()


@register.inclusion_tag("experts/availability/includes/free_table.html", takes_context=True)
def free_table(context: dict[str, Any], expert: ExpertPage) -> dict[str, Any]:
    """The month comes from the address (`?maand=2026-12`).

    Bookings and calendars change without moving the generation, so a page with this table is never kept: what it calls
    free is free.
    """
    leave_out()
    request = context.get("request")
    wanted = request.GET.get("maand", "") if request else ""
    return {"free": free_month(expert, wanted), "expert": expert}

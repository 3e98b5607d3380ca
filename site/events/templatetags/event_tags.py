"""Small pieces of the pages of events."""

from typing import Any

from django import template

from events.directory import month, places, timetable
from events.models import Session

register = template.Library()


@register.filter
def hours(session: Session) -> str:
    return timetable.hours(session)


@register.filter
def where(session: Session) -> str:
    return places.where(session)


@register.simple_tag
def month_of(listing: Any) -> month.Month:
    return month.month_of(listing)

"""Words for the pages of a room."""

from django import template

from events.models import Meeting
from events.programme import time_in_words

register = template.Library()


@register.filter
def when(meeting: Meeting) -> str:
    return time_in_words(meeting.starts_at, meeting.ends_at)

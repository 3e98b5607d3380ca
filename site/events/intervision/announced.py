"""A group on a page of the calendar: there people can ask to join."""

from typing import Any

from django.http import HttpRequest

from events.models import EventPage, IntervisionGroup
from events.programme import is_of_a_group, is_past
from people.audiences import Reader, may_see


def is_announced_to(group: IntervisionGroup, reader: Reader) -> bool:
    page = group.announced_on
    return bool(group.is_open and group.closed_at is None and page is not None and page.live and may_see(page, reader))


def part(page: EventPage, request: HttpRequest) -> dict[str, Any] | None:
    """The same for every reader: whether there is a place is only said to who asks."""
    if not is_of_a_group(page) or is_past(page):
        return None
    return {"groups": list(IntervisionGroup.objects.filter(announced_on=page.pk, is_open=True, closed_at=None))}

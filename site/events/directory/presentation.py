"""What the page of an event shows, for this reader."""

from typing import Any

from django.http import HttpRequest

from events.models import EventPage


def event_context(page: EventPage, request: HttpRequest) -> dict[str, Any]:
    return {}

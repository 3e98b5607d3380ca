"""An event as schema.org tells it."""

from typing import Any

from django.http import HttpRequest

from events.models import EventPage


def event_data(page: EventPage, request: HttpRequest) -> dict[str, Any]:
    return {}

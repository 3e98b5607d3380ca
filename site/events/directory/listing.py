"""The listing of events and its calendar."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from events.models import EventIndexPage


def index_context(page: EventIndexPage, request: HttpRequest) -> dict[str, Any]:
    return {}


def index_response(page: EventIndexPage, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    return TemplateResponse(request, page.template, context)

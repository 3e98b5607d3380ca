from typing import Any

from django.http import Http404, HttpRequest, HttpResponse


def my_calendar(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    raise Http404


def personal_feed(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    raise Http404

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse


def register(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    raise Http404


def register_colleagues(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    raise Http404


def register_guest(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    raise Http404

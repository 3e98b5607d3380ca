from typing import Any

from django.http import Http404, HttpRequest, HttpResponse


def open_link(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    raise Http404


def registration(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    raise Http404


def appointment(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    raise Http404


def step(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    raise Http404

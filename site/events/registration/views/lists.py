from typing import Any

from django.http import Http404, HttpRequest, HttpResponse


def my_registrations(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    raise Http404

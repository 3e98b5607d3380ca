from typing import Any

from django.http import Http404, HttpRequest, HttpResponse


def answer(request: HttpRequest, **_kwargs: Any) -> HttpResponse:
    raise Http404

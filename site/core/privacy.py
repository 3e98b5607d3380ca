"""The page privacy that editors set, read once in a request."""

from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse
from wagtail.models import PageViewRestriction

_read: ContextVar[list[list[PageViewRestriction]] | None] = ContextVar("page_restrictions", default=None)


def page_restrictions() -> list[PageViewRestriction]:
    """Every restriction with its page and groups. Within one read-only request the database is asked once."""
    memo = _read.get()
    if memo is None:
        return _from_database()
    if not memo:
        memo.append(_from_database())
    return memo[0]


def _from_database() -> list[PageViewRestriction]:
    return list(PageViewRestriction.objects.select_related("page").prefetch_related("groups"))


class PageRestrictionsMiddleware:
    """Lets `page_restrictions` remember its answer for one GET or HEAD; nothing is remembered between requests."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _read.set([] if request.method in {"GET", "HEAD"} else None)
        try:
            return self.get_response(request)
        finally:
            _read.reset(token)

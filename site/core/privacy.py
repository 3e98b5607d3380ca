"""The privacy that editors set: of pages, read once in a request, and of collections of documents."""

from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from core.generation import per_generation

_read: ContextVar[list[list[PageViewRestriction]] | None] = ContextVar("page_restrictions", default=None)


def page_restrictions() -> list[PageViewRestriction]:
    """Every restriction with its page and groups. Within one read-only request the database is asked once."""
    memo = _read.get()
    if memo is None:
        return _from_database()
    if not memo:
        memo.append(_from_database())
    return memo[0]


@per_generation
def _from_database() -> list[PageViewRestriction]:
    return list(PageViewRestriction.objects.select_related("page").prefetch_related("groups"))


def is_remembering() -> bool:
    """Whether a visitor's page is being read right now."""
    return _read.get() is not None


@per_generation
def private_collection_paths() -> tuple[str, ...]:
    """The tree paths of private collections; what is below one is private too. For `str.startswith`."""
    return tuple(CollectionViewRestriction.objects.values_list("collection__path", flat=True))


def closed_collections(request: HttpRequest) -> tuple[str, ...]:
    """The tree paths of the private collections that this reader may not open; as `private_collection_paths`."""
    restrictions = CollectionViewRestriction.objects.select_related("collection").prefetch_related("groups")
    return tuple(found.collection.path for found in restrictions if not found.accept_request(request))


class PageRestrictionsMiddleware:
    """Lets `page_restrictions` remember its answer while a visitor reads; nothing is remembered between requests.

    Not in the admin, where privacy is changed and Wagtail wants querysets.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reads = request.method in {"GET", "HEAD"} and not request.path.startswith(reverse("wagtailadmin_home"))
        token = _read.set([] if reads else None)
        try:
            return self.get_response(request)
        finally:
            _read.reset(token)

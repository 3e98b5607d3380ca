"""The privacy that editors set: of pages, read once in a request, and of collections of documents."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from core.admin_address import in_admin
from core.generation import per_generation

_read: ContextVar[list[list[PageViewRestriction]] | None] = ContextVar("page_restrictions", default=None)
# Rich text and blocks are drawn without knowing for whom.
_request: ContextVar[HttpRequest | None] = ContextVar("request_being_answered", default=None)


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


def is_private(document: Any) -> bool:
    """Whether not everybody may open a document."""
    paths = private_collection_paths()
    return bool(paths) and document is not None and document.collection.path.startswith(paths)


def is_closed(document: Any) -> bool:
    """Whether the reader of this request may not open a document."""
    request = _request.get()
    if not is_private(document):
        return False
    return request is None or document.collection.path.startswith(closed_collections(request))


def reader_now() -> Any:
    """Whoever reads what is being drawn; outside a request everybody, so that nothing closed is named."""
    request = _request.get()
    return request.user if request is not None else AnonymousUser()


@contextmanager
def for_everybody() -> Iterator[None]:
    """Within it everything is drawn as for everybody, whoever asked."""
    token = _request.set(None)
    try:
        yield
    finally:
        _request.reset(token)


class PageRestrictionsMiddleware:
    """Lets `page_restrictions` remember its answer while a visitor reads; nothing is remembered between requests.
    Also remembers the request itself, for `reader_now`.

    Not in the admin, where privacy is changed and Wagtail wants querysets.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        reads = request.method in {"GET", "HEAD"} and not in_admin(request)
        token, asked = _read.set([] if reads else None), _request.set(request)
        try:
            return self.get_response(request)
        finally:
            _request.reset(asked)
            _read.reset(token)

"""Whole answers to visitors, kept for one generation: never stale on any worker, and never of a restricted page.

Only what was made for a visitor without any cookie is kept, and only complete, public answers; so what is kept is what
everybody may see. A reader with a session or a pending message always gets an answer of her own.

A view says more with `leave_out()` (not this answer) and `fresh_for(seconds)`. What a middleware above this one must
know about an answer stands in its headers, which are kept with it.
"""

import hashlib
import time
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response

from core import generation
from core.page_store import PageStore

METHODS = {"GET", "HEAD"}
TYPES = {"text/html", "application/atom+xml", "application/rss+xml", "application/xml", "application/json"}
# What an answer may depend on besides its address; anything else in `Vary` and it is not kept.
HEADERS = ("HX-Request", "HX-Boosted", "HX-History-Restore-Request")
VARY = {"cookie", "accept-encoding", *(name.lower() for name in HEADERS)}
OWN_ANSWER = {"HTTP_AUTHORIZATION", "HTTP_RANGE"}
LONGEST_KEY = 2000


@dataclass
class Reply:
    """What the code that makes an answer says about keeping it."""

    keep: bool = True
    seconds: float = generation.MAX_AGE


@dataclass(frozen=True)
class Kept:
    """An answer as it went out."""

    content: bytes
    headers: Mapping[str, str]

    @property
    def size(self) -> int:
        return len(self.content) + 2000  # the headers and the bookkeeping, roughly

    def response(self) -> HttpResponse:
        return HttpResponse(self.content, headers=dict(self.headers))


_reply: ContextVar[Reply | None] = ContextVar("page_cache_reply", default=None)
pages: PageStore[Kept] = PageStore(settings.PAGE_CACHE_BYTES)


def leave_out() -> None:
    """Do not keep the answer to this request: it says something that passes by itself, such as an outage."""
    if (reply := _reply.get()) is not None:
        reply.keep = False


def fresh_for(seconds: float) -> None:
    """Keep the answer to this request no longer than this: it depends on the time."""
    if (reply := _reply.get()) is not None:
        reply.seconds = min(reply.seconds, seconds)


class PageCacheMiddleware:
    """Below what is cheap (static files, the log of searches), above everything that costs time."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        reply = Reply()
        token = _reply.set(reply)
        try:
            with generation.scope():
                return self._answer(request, reply)
        finally:
            _reply.reset(token)

    def _answer(self, request: HttpRequest, reply: Reply) -> HttpResponseBase:
        key = _key(request) if is_visitor(request) and not generation.in_transaction() else None
        number = generation.current() if key else 0
        if key is None or not number:
            return self.get_response(request)
        kept = pages.get(number, key)
        if kept is None:
            response = self.get_response(request)
            if not (reply.keep and may_be_kept(request, response) and isinstance(response, HttpResponse)):
                return response
            response.headers.setdefault("Cache-Control", "no-cache")  # a browser may keep it, but asks each time
            response.headers.setdefault("ETag", f'"{hashlib.md5(response.content, usedforsecurity=False).hexdigest()}"')
            if request.method == "GET" and not request.COOKIES:
                fresh = Kept(response.content, dict(response.items()))
                pages.put(number, key, fresh, size=fresh.size, until=time.monotonic() + reply.seconds)
        else:
            response = kept.response()
        return get_conditional_response(request, etag=response.headers["ETag"], response=response) or response


def is_visitor(request: HttpRequest) -> bool:
    """Whether the request may be answered with what everybody gets: it says nothing about who asks."""
    own = {settings.SESSION_COOKIE_NAME, "messages"}
    return request.method in METHODS and own.isdisjoint(request.COOKIES) and OWN_ANSWER.isdisjoint(request.META)


def may_be_kept(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether a complete answer for a visitor came out, that neither it nor its request made private."""
    control = response.headers.get("Cache-Control", "").lower().replace(" ", "").split(",")
    vary = {name.strip().lower() for name in response.headers.get("Vary", "").split(",") if name.strip()}
    user = getattr(request, "user", None)
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and response.headers.get("Content-Type", "").partition(";")[0] in TYPES
        and {"private", "no-store", "max-age=0"}.isdisjoint(control)
        and vary <= VARY
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and not getattr(request, "is_preview", False)
        and not (user is not None and user.is_authenticated)
    )


def _key(request: HttpRequest) -> tuple[str, ...] | None:
    """Everything that a visitor's answer depends on, besides the generation. None: this request has no place."""
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    path = request.get_full_path()
    if len(path) > LONGEST_KEY:
        return None
    wanted = (request.headers.get(name, "") for name in HEADERS)
    return (request.scheme or "", host, path, timezone.localdate().isoformat(), *wanted)

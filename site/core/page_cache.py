"""Whole answers to visitors, kept for one generation: never stale on any worker, and never of a restricted page.

Only what was made for a visitor without any cookie is kept, and only complete, public answers; so what is kept is what
everybody may see. A reader with a session or a pending message always gets an answer of her own.

A view says more with `leave_out()` (not this answer) and `fresh_for(seconds)`. What a middleware above this one must
know about an answer stands in its headers, which are kept with it.
"""

import hashlib
import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response

from core import generation
from core.page_files import Kept, PageFiles
from core.page_store import PageStore
from core.release import stamp

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
        stamp()  # of the program as it was read, not of what is put in its place later

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
        kept = _kept(number, key)
        if kept is None:
            response = self.get_response(request)
            if not (reply.keep and may_be_kept(request, response) and isinstance(response, HttpResponse)):
                return response
            response.headers.setdefault("Cache-Control", "no-cache")  # a browser may keep it, but asks each time
            response.headers.setdefault("ETag", f'"{hashlib.sha256(response.content).hexdigest()[:32]}"')
            if request.method == "GET" and not request.COOKIES:
                _keep(number, key, Kept(response.content, dict(response.items())), reply.seconds)
        else:
            response = HttpResponse(kept.content, headers=dict(kept.headers))
        return get_conditional_response(request, etag=response.headers["ETag"], response=response) or response


def files() -> PageFiles | None:
    """What the workers of this machine share; none where there is no directory for it."""
    directory = settings.PAGE_CACHE_DIR
    return _files_in(directory, settings.PAGE_CACHE_FILE_BYTES) if directory else None


@lru_cache(maxsize=8)
def _files_in(directory: Path, limit: int) -> PageFiles:
    return PageFiles(directory, limit)


def _kept(number: int, key: tuple[str, ...]) -> Kept | None:
    """From this process, or else from another worker."""
    kept = pages.get(number, key)
    if kept is None and (shared := files()) and (found := shared.get(number, key)):
        kept, seconds = found
        pages.put(number, key, kept, size=kept.size, until=time.monotonic() + seconds)
    return kept


def _keep(number: int, key: tuple[str, ...], kept: Kept, seconds: float) -> None:
    if seconds <= 0:
        return
    pages.put(number, key, kept, size=kept.size, until=time.monotonic() + seconds)
    if shared := files():
        shared.put(number, key, kept, seconds=seconds)


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

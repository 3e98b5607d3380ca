"""Sees every search and every page opened from one, also where a cache answers.

It stands above the cache of pages and reads two headers that the site's views set, which the cache keeps with the page:
how much a search found, and that a page is one that searches find. Visitors do not get these headers.
"""

import logging
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils.cache import get_conditional_response

from search.log.buffer import buffer
from search.log.questions import Question, question_of
from search.log.readers import counts

logger = logging.getLogger(__name__)

TOTAL = "X-Search-Total"
FOUND = "X-Search-Found"
LONGEST_QUERY = 2000  # characters of an address that are looked at

_findable: list[Callable[[object], bool]] = []


def register_findable(says: Callable[[object], bool]) -> None:
    """Let an app say whether a page, as a view gives it to its template, is one that searches find."""
    if says not in _findable:
        _findable.append(says)


def note_total(response: HttpResponseBase, total: int) -> None:
    """For the view of a search: how much it found for this reader."""
    response.headers[TOTAL] = str(total)


def note_found(response: HttpResponseBase) -> None:
    """For the view of something else than a page that searches find."""
    response.headers[FOUND] = "1"


class SearchLogMiddleware:
    """Counts questions and opened pages; what goes wrong here never reaches a reader."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        known = request.META.get("HTTP_IF_NONE_MATCH")
        if known is None or not _may_count(request):
            return self._answer(request)
        # What this browser has already is asked or opened all the same: see the whole answer before saying so.
        del request.META["HTTP_IF_NONE_MATCH"]
        response = self._answer(request)
        if not isinstance(response, HttpResponse):
            return response
        request.META["HTTP_IF_NONE_MATCH"] = known
        return get_conditional_response(request, etag=response.headers.get("ETag"), response=response) or response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, counted, without our headers."""
        response = self.get_response(request)
        total, found = response.headers.get(TOTAL), response.headers.get(FOUND)
        if total is None and found is None:
            return response
        if settings.SEARCH_LOG and request.method == "GET" and response.status_code == 200:
            try:
                _count(request, total)
            except Exception:
                logger.exception("A search was not counted")
        for name in (TOTAL, FOUND):
            response.headers.pop(name, None)
        return response

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        """Mark the pages that searches find, before a cache keeps them."""
        page = (response.context_data or {}).get("page")
        if page is not None and any(says(page) for says in _findable):
            note_found(response)
        return response


def _may_count(request: HttpRequest) -> bool:
    """Whether this may be a question, or a page opened from one."""
    if not settings.SEARCH_LOG or request.method != "GET":
        return False
    return question_of(request.GET) is not None or _question_before(request) is not None


def _count(request: HttpRequest, total: str | None) -> None:
    """A question, unless the reader only turns a page or sorts; an opened page, if she comes from a question."""
    before = _question_before(request)
    if total is None:
        if before is not None and counts(request):
            buffer.opened(before)
        return
    question = question_of(request.GET)
    if question is None or question == before or request.GET.get("page", "1") not in {"", "1"}:
        return
    if counts(request):
        buffer.asked(question, int(total))


def _question_before(request: HttpRequest) -> Question | None:
    """The question of the page that the reader comes from, if it is ours. Nothing of her address is kept."""
    try:
        referer = urlsplit(request.headers.get("Referer", ""))
        if not referer.query or referer.netloc != request.get_host():
            return None
        return question_of(QueryDict(referer.query[:LONGEST_QUERY]))
    except (ValueError, SuspiciousOperation):
        return None

"""What somebody gets at the address of a page that she may not see: its teaser, or what no page at all gives.

Wagtail would lead her to the login, which tells that the page exists. See docs/decisions/0014-closed-is-not-found.md.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from wagtail import hooks
from wagtail.models import Page

from core.models import BasePage
from people.audiences import Audience, may_see
from people.labels import label_of

READING = ("GET", "HEAD")


def turn_away(page: Page, request: HttpRequest, args: list[Any], kwargs: dict[str, Any]) -> HttpResponse | None:
    """A hook of Wagtail, before it serves a page. None: she may see it. Raises Http404."""
    if may_see(page, request.user):
        return None
    if not has_teaser(page):
        raise Http404
    return _teaser(request, page) if request.method in READING else HttpResponseNotAllowed(READING)


def connect() -> None:
    """Called once, when the app is ready; before Wagtail's own hooks, which tell what a page answers to OPTIONS."""
    hooks.register("before_serve_page", turn_away, order=-100)


def has_teaser(page: Page) -> bool:
    return isinstance(page, BasePage) and page.live and page.teaser_allowed


def _teaser(request: HttpRequest, page: Page) -> HttpResponse:
    """The title and what the editor typed for this, nothing else of the page: so `page` is not in the context."""
    label = label_of(page)
    context = {
        "teaser_title": page.title,
        "teaser_text": page.teaser_text,
        "label": label,
        "for_livc": label is not None and label.audience is Audience.LIVC_R,
    }
    response = render(request, "people/teaser.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def nothing_here(request: HttpRequest, path: str = "") -> HttpResponse:
    """Wagtail's forms for shared passwords, which this site does not use: their numbers would tell what is closed."""
    raise Http404

"""Which site and which pages an address leads through: the same for every reader, so remembered for one generation."""

import copy
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.models import Page, Site

from core.admin_address import in_admin
from core.generation import per_generation

OF_HOST = ("HTTP_HOST", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT", "SERVER_NAME", "SERVER_PORT")


class KnownSiteMiddleware:
    """Gives a reading request its site and the site's home page, as Wagtail's `Site.find_for_request` would."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in {"GET", "HEAD"} and not in_admin(request):
            request._wagtail_site = site_of(request)  # type: ignore[attr-defined]
        return self.get_response(request)


def site_of(request: HttpRequest) -> Site | None:
    site = copy.copy(_site(tuple((name, str(request.META[name])) for name in OF_HOST if name in request.META)))
    if site is not None:
        site.root_page = copy.copy(site.root_page)
    return site


@per_generation
def _site(meta: tuple[tuple[str, str], ...]) -> Site | None:
    request = HttpRequest()
    request.META = dict(meta)
    site = Site.find_for_request(request)
    if site is not None:
        site.root_page = site.root_page.specific
    return site


def child_at(page: Page, slug: str) -> Page | None:
    """The child of a page at this slug, as its own class; a copy, for one request to draw."""
    return copy.copy(_child(page.path, page.depth, slug))


@per_generation
def _child(path: str, depth: int, slug: str) -> Page | None:
    child = Page.objects.filter(path__startswith=path, depth=depth + 1, slug=slug).first()
    return child.specific if child is not None else None


def remember_root_paths() -> None:
    """Wagtail asks the shared cache where the sites begin, for every page whose address is shown.

    In production that cache is a table: a list of twenty pages would ask twenty times.
    """
    Site.get_site_root_paths = staticmethod(per_generation(Site.get_site_root_paths))

"""Which site and which pages an address leads through: the same for every reader, so remembered for one generation."""

from collections.abc import Callable
from typing import TypeVar

from django.db.models import Model
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.models import Page, Site

from core.admin_address import in_admin
from core.generation import per_generation

ModelT = TypeVar("ModelT", bound=Model)
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
    known = _site(tuple((name, str(request.META[name])) for name in OF_HOST if name in request.META))
    if known is None:
        return None
    site = copied(known)
    site.root_page = copied(site.root_page)
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
    known = _child(page.path, page.depth, slug)
    return copied(known) if known is not None else None


def copied(thing: ModelT) -> ModelT:
    """As `copy.copy`, which goes by way of pickling and takes several times as long."""
    other = type(thing).__new__(type(thing))
    other.__dict__.update(thing.__getstate__())
    return other


@per_generation
def _child(path: str, depth: int, slug: str) -> Page | None:
    child = Page.objects.filter(path__startswith=path, depth=depth + 1, slug=slug).first()
    return child.specific if child is not None else None


def remember_root_paths() -> None:
    """Wagtail asks the shared cache where the sites begin, for every page whose address is shown.

    In production that cache is a table: a list of twenty pages would ask twenty times.
    """
    Site.get_site_root_paths = staticmethod(per_generation(Site.get_site_root_paths))

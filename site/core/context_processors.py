"""What every page's frame needs: the site's settings and its menus."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from wagtail.models import Page

from core.models import MenuItem, SiteSettings


def site_chrome(request: HttpRequest) -> dict[str, Any]:
    """Lazy: an answer that draws no frame (a fragment, a file, the admin) asks the database nothing."""
    return {
        "site_settings": SimpleLazyObject(lambda: SiteSettings.for_request(request)),
        "navigation": SimpleLazyObject(lambda: _navigation(request)),
        "footer_columns": SimpleLazyObject(lambda: _footer_columns(request)),
        "canonical_url": request.build_absolute_uri(request.path),
    }


def _link(item: MenuItem, request: HttpRequest) -> dict[str, Any] | None:
    page: Page | None = item.page
    if page is not None and not page.live:
        return None
    url = (page.get_url(request) if page is not None else item.url) or ""
    title = item.label or (page.title if page is not None else item.url)
    return {"title": title, "url": url, "current": url != "/" and request.path.startswith(url)}


def _navigation(request: HttpRequest) -> list[dict[str, Any]]:
    items = SiteSettings.for_request(request).navigation_items.select_related("page")
    return [link for item in items if (link := _link(item, request))]


def _footer_columns(request: HttpRequest) -> list[dict[str, Any]]:
    columns: dict[str, list[dict[str, Any]]] = {}
    for item in SiteSettings.for_request(request).footer_items.select_related("page"):
        if link := _link(item, request):
            columns.setdefault(item.column, []).append(link)
    return [{"title": title, "links": links} for title, links in columns.items()]

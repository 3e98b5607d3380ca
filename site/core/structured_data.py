"""The pieces of schema.org that every app's pages share."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.models import SiteSettings

CONTEXT = "https://schema.org"
LANGUAGE = "nl-BE"


def absolute(request: HttpRequest, url: str | None) -> str:
    return request.build_absolute_uri(url or "/")


def publisher(request: HttpRequest) -> dict[str, Any]:
    settings = SiteSettings.for_request(request)
    return {
        "@type": "Organization",
        "@id": absolute(request, "/#organisatie"),
        "name": settings.organisation or settings.site_title,
        "url": absolute(request, "/"),
    }


def breadcrumbs(request: HttpRequest, trail: list[tuple[str, str]]) -> dict[str, Any]:
    """The way down from the front page: (name, address) of each step; the front page is added."""
    steps = [(_("Home"), absolute(request, "/")), *trail]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": url}
            for position, (name, url) in enumerate(steps, start=1)
        ],
    }

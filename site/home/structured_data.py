"""What search engines read about the front page and the standard pages."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse

from core.models import SiteSettings
from core.structured_data import CONTEXT, LANGUAGE, absolute, breadcrumbs, publisher

if TYPE_CHECKING:
    from home.models import HomePage, StandardPage


def home_data(page: "HomePage", request: HttpRequest) -> dict[str, Any]:
    """The site with its search box, and the organisation behind it."""
    organisation = {**publisher(request), "logo": absolute(request, static("img/logo.svg"))}
    website: dict[str, Any] = {
        "@type": "WebSite",
        "@id": absolute(request, "/#site"),
        "name": SiteSettings.for_request(request).site_title,
        "description": page.description,
        "url": absolute(request, "/"),
        "inLanguage": LANGUAGE,
        "publisher": {"@id": organisation["@id"]},
    }
    website["potentialAction"] = {
        "@type": "SearchAction",
        "target": {
            "@type": "EntryPoint",
            "urlTemplate": f"{absolute(request, reverse('search'))}?q={{search_term_string}}",
        },
        "query-input": "required name=search_term_string",
    }
    return {"@context": CONTEXT, "@graph": [website, organisation]}


def standard_page_data(page: "StandardPage", request: HttpRequest) -> dict[str, Any]:
    url = absolute(request, page.get_url(request))
    web_page = {
        "@type": "WebPage",
        "@id": url,
        "name": page.title,
        "description": page.description,
        "url": url,
        "inLanguage": LANGUAGE,
        "publisher": publisher(request),
    }
    return {"@context": CONTEXT, "@graph": [web_page, breadcrumbs(request, [(page.title, url)])]}

"""Redirects that editors made, or that Wagtail made when a page moved: none leads to what the reader may not see."""

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from wagtail.contrib.redirects.middleware import RedirectMiddleware
from wagtail.models import Site

from people.audiences import may_see
from people.strangers import has_teaser


class DiscreetRedirectMiddleware(RedirectMiddleware):
    """As Wagtail's; but its answer would give away the new address of a closed page: then the 404 stays."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        answer: HttpResponseBase = super().process_response(request, response)
        if answer is not response and _leads_nowhere(request, answer.headers["Location"]):
            return response
        return answer


def _leads_nowhere(request: HttpRequest, location: str) -> bool:
    """Whether an address is one of our pages that does not exist for this reader. Wagtail's own look-up remembers one
    answer a request: that of the address that was asked for."""
    parts = urlsplit(location)
    if parts.netloc and parts.netloc != request.get_host():
        return False
    try:
        match = resolve(parts.path)
    except Resolver404:
        return False
    site = Site.find_for_request(request)
    if match.url_name != "wagtail_serve" or site is None:
        return False
    try:
        page = site.root_page.specific.route(request, [part for part in parts.path.split("/") if part])[0]
    except Http404:
        return True
    return not (may_see(page, request.user) or has_teaser(page))

"""The search page and the lines under a search box."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.finding.everything import EVERYTHING
from core.finding.listing import Listing
from core.finding.suggestions import suggestions as suggestions_for
from core.page_cache import leave_out
from search.log.middleware import note_total

LIST_ALONE = "core/finding/listing.html"


def answer(request: HttpRequest, template: str, context: dict[str, Any]) -> TemplateResponse:
    """A page with a listing; to htmx the list alone."""
    htmx = getattr(request, "htmx", None)
    response = TemplateResponse(request, LIST_ALONE if htmx and not htmx.boosted else template, context)
    if context["listing"].degraded:
        leave_out()
    else:
        note_total(response, context["listing"].total)
    patch_vary_headers(response, ("HX-Request",))
    return response


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    return answer(request, "core/finding/search.html", {"listing": Listing(request, EVERYTHING)})


@require_safe
@never_cache
def suggestions(request: HttpRequest) -> HttpResponse:
    """Lines for the list under a search box; kept by nobody, since they depend on the reader."""
    found = suggestions_for(request.GET.get("q", ""), request.user)
    return render(request, "core/finding/suggestions.html", {"suggestions": found})

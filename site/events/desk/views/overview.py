"""The list of events."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from events.desk import overview as listing
from events.permissions import organiser_of

TEXT_MAX = 100


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    organiser_of(request)
    tab, text = request.GET.get("toon", ""), request.GET.get("q", "").strip()[:TEXT_MAX]
    tab = tab if tab in listing.TABS else listing.COMING
    page = Paginator(listing.found(tab, text), listing.PER_PAGE).get_page(request.GET.get("p"))
    context = {
        "rows": listing.rows(list(page.object_list)),
        "page": page,
        "tab": tab,
        "tabs": listing.TABS.items(),
        "text": text,
        "finished": tab == listing.PAST,
    }
    return render(request, "events/desk/overview.html", context)

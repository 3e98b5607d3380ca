"""The bookings of a municipality for its people, and the requests of an expert for hers."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from experts.booking.permissions import acts_for, may_ask_for
from experts.booking.querysets import asked_of, entries, entries_for_expert, of_municipality
from people.permissions import signed_in

A_PAGE = 25


@require_safe
@never_cache
@login_required
def my_bookings(request: HttpRequest) -> HttpResponse:
    """Of her municipality for a decision maker; her own for a colleague."""
    user = signed_in(request)
    organisations = may_ask_for(user)
    if not organisations:
        raise PermissionDenied
    page = Paginator(of_municipality(user), A_PAGE).get_page(request.GET.get("pagina"))
    context = {"page_of": page, "entries": entries(page.object_list, user), "organisations": organisations}
    return render(request, "experts/booking/my_bookings.html", context)


@require_safe
@never_cache
@login_required
def expert_requests(request: HttpRequest) -> HttpResponse:
    """What is asked of the experts for whom she acts."""
    user = signed_in(request)
    experts = acts_for(user)
    if not experts:
        raise Http404
    page = Paginator(asked_of(experts), A_PAGE).get_page(request.GET.get("pagina"))
    context = {"page_of": page, "entries": entries_for_expert(page.object_list)}
    return render(request, "experts/booking/expert_requests.html", context)

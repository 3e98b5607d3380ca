"""What somebody takes part in."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from events.models import EventIndexPage
from events.registration import querysets
from events.registration.querysets import entries
from people.permissions import signed_in

A_PAGE = 20


@require_safe
@never_cache
@login_required
def my_registrations(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    mine = querysets.of_user(user)
    page = Paginator(querysets.past(mine), A_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "upcoming": entries(querysets.upcoming(mine)),
        "waiting": entries(querysets.waiting(mine)),
        "colleagues": entries(querysets.of_colleagues(user).order_by("starts", "name", "pk")),
        "past": entries(page.object_list),
        "page_of": page,
        "index": EventIndexPage.objects.live().first(),
    }
    return render(request, "events/registration/my_registrations.html", context)

"""Passing what she answers for to a colleague, while she stays."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people import holdings
from people.forms_shares import HandOverForm
from people.permissions import signed_in
from people.services import handing_over
from people.services.errors import MembershipError


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def hand_over(request: HttpRequest) -> HttpResponse:
    """Only her own: what others answer for is no part of the form."""
    user = signed_in(request)
    colleagues = handing_over.colleagues_of(user)
    held = holdings.shown_to(user, holdings.held_by(user))
    form = HandOverForm(request.POST or None, held=held, successors=colleagues)
    if request.method == "POST" and form.is_valid():
        try:
            shares = handing_over.hand_over(user=user, **form.shares())
        except MembershipError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _told(sum(map(len, shares.values()))))
            return redirect("my_page")
    context = {"form": form, "has_colleagues": colleagues.exists()}
    return render(request, "people/hand_over.html", context, status=422 if form.errors else 200)


def _told(count: int) -> str:
    text = ngettext("%(count)d thing is handed over.", "%(count)d things are handed over.", count)
    return text % {"count": count}

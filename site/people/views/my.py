"""My page, and my organisation: member, waiting, or choosing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import my_page as sections
from people.belonging import belonging
from people.forms import RequestForm
from people.models import User
from people.permissions import request_of, signed_in
from people.services import joining
from people.services.errors import MembershipError


@require_safe
@never_cache
@login_required
def my_page(request: HttpRequest) -> HttpResponse:
    context = {"sections": sections.sections_for(request), "asked": sections.asked_of(request)}
    return render(request, "people/my_page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def my_organisation(request: HttpRequest) -> HttpResponse:
    """Where she belongs; and a form to ask for more."""
    user = signed_in(request)
    form = RequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _ask(request, user, form)
        except MembershipError as error:
            form.add_error(None, str(error))
    context = {**belonging(request), "form": form}
    return render(request, "people/my_organisation.html", context, status=422 if form.errors else 200)


def _ask(request: HttpRequest, user: User, form: RequestForm) -> HttpResponse:
    membership = joining.request_membership(user=user, **form.cleaned_data)
    organisation = {"organisation": membership.organisation}
    if membership.is_active:
        messages.success(request, _("You are now a member of %(organisation)s.") % organisation)
    else:
        messages.success(
            request, _("VVSG looks at your request for %(organisation)s. You get the answer by mail.") % organisation
        )
    return redirect("my_organisation")


@require_POST
@login_required
def withdraw_request(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    try:
        joining.withdraw_request(membership=request_of(user, pk), by=user)
    except MembershipError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Your request is withdrawn."))
    return redirect("my_organisation")

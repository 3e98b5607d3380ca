"""A merger of two organisations: first what would move, then all of it in one action."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from people.admin_views.forms import MergerForm
from people.models import Organisation
from people.permissions import keeper
from people.services import merging
from people.services.errors import MembershipError


@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    user = keeper(request)
    organisation = get_object_or_404(Organisation, pk=pk)
    if organisation.merged_into_id is not None:
        raise PermissionDenied
    form = MergerForm(request.POST or None, organisation=organisation)
    if request.method == "POST" and form.is_valid():
        into = form.cleaned_data["into"]
        try:
            merging.merge(organisation=organisation, into=into, by=user)
        except MembershipError as error:
            form.add_error(None, str(error))
        else:
            text = _("“%(old)s” is part of “%(new)s” now. Everything went along.")
            messages.success(request, text % {"old": organisation, "new": into})
            return redirect("organisations:list")
    context = {"organisation": organisation, "form": form, "moves": merging.preview(organisation)}
    return render(request, "people/admin/merge.html", context, status=422 if form.errors else 200)

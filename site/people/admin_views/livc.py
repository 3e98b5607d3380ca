"""The LIVC-R circle: who belongs to it, what ends soon, letting in, confirming, ending."""

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people.admin_views.forms import EndCircleForm, GrantForm, WordForm
from people.models import LivcMembership
from people.permissions import keeper
from people.services import livc
from people.services.errors import MembershipError

RECENTLY = datetime.timedelta(days=90)


@require_safe
def circle(request: HttpRequest) -> HttpResponse:
    keeper(request)
    today = timezone.localdate()
    rows = LivcMembership.objects.select_related("membership__user", "membership__organisation", "granted_by")
    inside = list(rows.valid(today))
    soon = today + livc.REMIND_BEFORE
    context = {
        "soon": [row for row in inside if row.valid_until <= soon],
        "later": [row for row in inside if row.valid_until > soon],
        "past": rows.exclude(pk__in=[row.pk for row in inside]).filter(valid_until__gte=today - RECENTLY)[:50],
    }
    return render(request, "people/admin/livc.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def grant(request: HttpRequest) -> HttpResponse:
    user = keeper(request)
    form = GrantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = livc.grant(by=user, **form.cleaned_data)
        except MembershipError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("%(person)s belongs to the LIVC-R circle now.") % {"person": row.membership.user}
            )
            return redirect("members_admin:livc")
    context = {"form": form, "title": _("Let somebody into the LIVC-R circle"), "button": _("Let in")}
    return _form(request, context)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    user = keeper(request)
    row = get_object_or_404(LivcMembership.objects.select_related("membership__user"), pk=pk)
    form = WordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            livc.confirm(row=row, by=user, **form.cleaned_data)
        except MembershipError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Confirmed: %(person)s.") % {"person": row.membership.user})
            return redirect("members_admin:livc")
    title = _("Confirm: %(member)s") % {"member": row.membership}
    return _form(request, {"form": form, "title": title, "button": _("Confirm")})


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    user = keeper(request)
    row = get_object_or_404(LivcMembership.objects.select_related("membership__user"), pk=pk)
    form = EndCircleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            livc.end(row=row, by=user, **form.cleaned_data)
        except MembershipError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("Ended: %(person)s. The access is gone at once.") % {"person": row.membership.user}
            )
            return redirect("members_admin:livc")
    title = _("End: %(member)s") % {"member": row.membership}
    return _form(request, {"form": form, "title": title, "button": _("End now"), "serious": True})


def _form(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    return render(request, "people/admin/livc_form.html", context, status=422 if context["form"].errors else 200)

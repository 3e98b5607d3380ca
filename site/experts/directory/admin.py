"""In the admin, beside the page of an expert: what is private about her, who acts for her, her references."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from experts.directory import references
from experts.directory.accounts import let_act, take_away
from experts.directory.forms import AccountForm, DeskPrivateForm, ReferenceForm
from experts.directory.permissions import MANAGE, manages_pool
from experts.models import ExpertPage, ExpertPrivate
from people.models import User


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("mobile", "iban", "email", "notes")
@never_cache
def expert_private(request: HttpRequest, pk: int) -> HttpResponse:
    by = manages_pool(request)
    expert = get_object_or_404(ExpertPage, pk=pk)
    step = request.POST.get("step", "")
    forms = _forms(request, expert, step)
    if request.method == "POST" and _done(request, expert, step, forms, by):
        return redirect("expert_private", pk)
    accounts = expert.accounts.select_related("user").order_by("user__last_name", "user__first_name")
    context = {"expert": expert, "accounts": accounts, "references": expert.references.all(), **forms}
    return render(
        request, "experts/directory/admin/private.html", context, status=422 if request.method == "POST" else 200
    )


def _forms(request: HttpRequest, expert: ExpertPage, step: str) -> dict[str, Any]:
    """Each filled only where it was the one that was sent."""
    sent = {name: request.POST if name == step else None for name in ("private", "add", "reference")}
    held = ExpertPrivate.objects.filter(expert=expert).first() or ExpertPrivate(expert=expert)
    return {
        "private": DeskPrivateForm(sent["private"], instance=held),
        "account": AccountForm(sent["add"], prefix="account"),
        "reference": ReferenceForm(sent["reference"], prefix="reference"),
    }


def _done(request: HttpRequest, expert: ExpertPage, step: str, forms: dict[str, Any], by: User) -> bool:
    if step == "remove":
        number = request.POST.get("account", "")
        if number.isdecimal() and take_away(expert=expert, account_id=int(number), by=by):
            messages.success(request, _("This person does not act for the expert any more."))
        return True
    form = forms.get({"add": "account"}.get(step, step))
    if form is None or not form.is_valid():
        return False
    if step == "private":
        form.save()
        messages.success(request, _("The private data is saved."))
    elif step == "add":
        let_act(expert=expert, user=form.user, by=by)
        messages.success(request, _("This person now acts for the expert."))
    else:
        references.enter(expert=expert, **form.cleaned_data)
        messages.success(request, _("We mailed the referee. The reference is shown as soon as it is confirmed."))
    return True


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    return [path("experten/<int:pk>/achter-de-pagina/", expert_private, name="expert_private")]


@hooks.register("register_page_header_buttons")
def header_button(page: Page, user: User, next_url: str = "", view_name: str = "") -> Iterator[Button]:
    if isinstance(page.specific, ExpertPage) and user.has_perm(MANAGE):
        address = reverse("expert_private", args=[page.pk])
        yield Button(_("Private data, people and references"), address, icon_name="user", priority=45)

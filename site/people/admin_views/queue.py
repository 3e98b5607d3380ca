"""Requests for membership: the queue, and the decision on one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people.admin_views.forms import DecisionForm
from people.models import Membership
from people.permissions import keeper
from people.services import joining
from people.services.errors import MembershipError


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    keeper(request)
    waiting = Membership.objects.waiting().select_related("user", "organisation")
    return render(request, "people/admin/queue.html", {"waiting": waiting})


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: approve with roles, or refuse with a reason."""
    user = keeper(request)
    membership = get_object_or_404(Membership.objects.select_related("user", "organisation"), pk=pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data, person = form.cleaned_data, {"person": membership.user, "organisation": membership.organisation}
        try:
            if data["decision"] == DecisionForm.APPROVE:
                joining.approve(membership=membership, by=user, roles=data["roles"])
                messages.success(request, _("%(person)s is now a member of %(organisation)s.") % person)
            else:
                joining.refuse(membership=membership, by=user, reason=data["reason"])
                messages.success(request, _("The request of %(person)s is refused. Your reason is mailed.") % person)
            return redirect("members_admin:queue")
        except MembershipError as error:
            form.add_error(None, str(error))
    context = {"membership": membership, "form": form, "past": _past(membership)}
    return render(request, "people/admin/decide.html", context, status=422 if form.errors else 200)


def _past(membership: Membership) -> list[Membership]:
    """What she was or asked before: it tells whether somebody comes back."""
    others = Membership.objects.filter(user=membership.user).exclude(pk=membership.pk)
    return list(others.select_related("organisation").order_by("-requested_at"))

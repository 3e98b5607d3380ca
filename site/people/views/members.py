"""What a manager of members does, for her own organisation: see, invite, change roles, end."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import holdings
from people.forms import InviteForm, RolesForm
from people.forms_shares import EndForm
from people.models import Invitation, Membership, Organisation, User
from people.permissions import (
    invitation_for,
    keeps_members,
    managed_by,
    membership_for,
    organisation_for,
    signed_in,
)
from people.querysets import MembershipQuerySet
from people.rights import possible_stewards, stewards_within
from people.services import inviting, leaving
from people.services.errors import MembershipError


@require_safe
@login_required
def members(request: HttpRequest) -> HttpResponse:
    """Of the organisation she manages; of several, the first, which links to the others."""
    organisation = managed_by(signed_in(request)).first()
    if organisation is None:
        raise Http404
    return redirect("members_of", organisation.pk)


@require_safe
@never_cache
@login_required
def members_of(request: HttpRequest, organisation_id: int) -> HttpResponse:
    user = signed_in(request)
    organisation = organisation_for(user, organisation_id)
    active: MembershipQuerySet = Membership.objects.active().in_full().by_name().filter(organisation=organisation)
    context = {
        "organisation": organisation,
        "members": active,
        "invitations": Invitation.objects.pending().filter(organisation=organisation).select_related("invited_by"),
        "others": managed_by(user).exclude(pk=organisation.pk),
    }
    return render(request, "people/members.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def invite(request: HttpRequest, organisation_id: int) -> HttpResponse:
    user = signed_in(request)
    organisation = organisation_for(user, organisation_id)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sent = inviting.invite(organisation=organisation, by=user, **form.cleaned_data)
        except MembershipError as error:
            form.add_error(None, str(error))
        else:
            text = ngettext("%(count)d invitation is on its way.", "%(count)d invitations are on their way.", len(sent))
            messages.success(request, text % {"count": len(sent)})
            return redirect("members_of", organisation.pk)
    context = {"organisation": organisation, "form": form}
    return render(request, "people/invite.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    return _with_invitation(request, pk, inviting.resend, _("The invitation is sent again, with a new link."))


@require_POST
@login_required
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    return _with_invitation(request, pk, inviting.revoke, _("The invitation is revoked. The link no longer works."))


def _with_invitation(request: HttpRequest, pk: int, step: Any, done: str) -> HttpResponse:
    user = signed_in(request)
    invitation = invitation_for(user, pk)
    try:
        step(invitation=invitation, by=user)
    except MembershipError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("members_of", invitation.organisation_id)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def roles(request: HttpRequest, pk: int) -> HttpResponse:
    user = signed_in(request)
    membership = membership_for(user, pk)
    form = RolesForm(request.POST or None, initial={"roles": [role.value for role in membership.roles]})
    if request.method == "POST" and form.is_valid():
        try:
            leaving.change_roles(membership=membership, roles=form.cleaned_data["roles"], by=user)
        except MembershipError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The roles of %(person)s are saved.") % {"person": membership.user})
            return _back(user, membership.organisation)
    context = {"membership": membership, "organisation": membership.organisation, "form": form}
    return render(request, "people/member_roles.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks who takes over, then ends it at once."""
    user = signed_in(request)
    membership = membership_for(user, pk)
    held = holdings.shown_to(user, holdings.held_by(membership.user))
    form = EndForm(
        request.POST or None, membership=membership, held=held, successors=successors_of(membership, by=user)
    )
    if request.method == "POST" and form.is_valid():
        try:
            leaving.end(membership=membership, by=user, reason=form.cleaned_data["reason"], **form.shares())
        except MembershipError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The membership of %(person)s has ended.") % {"person": membership.user})
            return _after_the_end(request, user, membership)
    context = {
        "membership": membership,
        "organisation": membership.organisation,
        "form": form,
        "for_good": leaving.leaves_for_good(membership),
        "is_last_manager": leaving.is_last_manager(membership),
    }
    return render(request, "people/member_end.html", context, status=422 if form.errors else 200)


def successors_of(membership: Membership, *, by: User) -> "QuerySet[User]":
    """Colleagues; for VVSG everybody who can keep something."""
    if keeps_members(by):
        able = possible_stewards().order_by("last_name", "first_name", "email")
    else:
        able = stewards_within([membership.organisation])
    return able.exclude(pk=membership.user_id)


def _after_the_end(request: HttpRequest, user: User, membership: Membership) -> HttpResponse:
    if user.pk == membership.user_id and leaving.leaves_for_good(membership):
        logout(request)  # her own session is gone already
        return redirect("/")
    return _back(user, membership.organisation)


def _back(user: User, organisation: Organisation) -> HttpResponse:
    if keeps_members(user) or managed_by(user).filter(pk=organisation.pk).exists():
        return redirect("members_of", organisation.pk)
    return redirect("my_page")

"""Where the link of an invitation leads: for whoever has an account, whoever has none, and whoever is somebody else."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods

from people.models import Invitation, User
from people.services import inviting
from people.services.errors import InvitationError
from people.services.joining import confirmed_addresses

GONE = {"used": 410, "revoked": 410, "expired": 410}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_variables("token")
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Reading changes nothing. The steps are posted: accept, make an account, sign in, switch account."""
    found = inviting.find(token)
    if found is None:
        return _dead(request, "unknown", 404)
    try:
        inviting.check(found)
    except InvitationError as error:
        return _dead(request, error.reason, GONE[error.reason], found)
    if request.method == "POST":
        return _step(request, found, token)
    return _page(request, found)


def _page(request: HttpRequest, found: Invitation) -> HttpResponse:
    is_hers = isinstance(request.user, User) and found.email in confirmed_addresses(request.user)
    response = render(request, "people/invitation.html", {"invitation": found, "is_hers": is_hers})
    response["Referrer-Policy"] = "same-origin"  # the address is the key; with "no-referrer" no form passes
    return response


def _dead(request: HttpRequest, reason: str, status: int, found: Invitation | None = None) -> HttpResponse:
    context = {"reason": reason, "organisation": found.organisation if found else None}
    return render(request, "people/invitation_dead.html", context, status=status)


def _step(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    here = reverse("invitation", args=[token])
    if isinstance(request.user, User) and "switch" not in request.POST:
        return _accept(request, found, request.user)
    if isinstance(request.user, User):
        logout(request)
    if "signup" in request.POST:
        # The link came to this address and nowhere else: having it proves the address.
        get_adapter().stash_verified_email(request, found.email)
        return redirect(f"{reverse('account_signup')}?{urlencode({'next': here})}")
    if "login" in request.POST:
        return redirect(f"{reverse('account_login')}?{urlencode({'next': here})}")
    return redirect(here)


def _accept(request: HttpRequest, found: Invitation, user: User) -> HttpResponse:
    try:
        membership = inviting.accept(invitation=found, user=user)
    except InvitationError as error:
        if error.reason == "other_address":
            return _page(request, found)
        return _dead(request, error.reason, GONE[error.reason], found)
    messages.success(
        request, _("You are now a member of %(organisation)s.") % {"organisation": membership.organisation}
    )
    return redirect("my_page")

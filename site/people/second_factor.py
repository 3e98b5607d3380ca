"""Who can enter the admin signs in with a second factor, also in a session that is older than the factor.

allauth asks for a factor at login, from whoever has one. What it leaves open is closed here: an editor without a factor
is led to set one up before anything else, and a session that never saw the factor asks for it once.
"""

from collections.abc import Callable
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from people.models import User

NEXT = "second_factor_next"
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# Pages that somebody who still owes the factor may open: signing out, and everything on the way to the factor.
OPEN = ("/static/", "/media/", "/beheer/logout/", "/favicon.ico")


def factors_of(user: User) -> dict[int, str]:
    """The kinds of the user's factors by id, recovery codes included; empty where there is only a password."""
    found = dict(Authenticator.objects.filter(user=user).values_list("pk", "type"))
    return found if any(kind in FACTORS for kind in found.values()) else {}


def owes_factor(user: User) -> bool:
    """Whether this user must sign in with a second factor: whoever can enter the admin."""
    if not settings.SECOND_FACTOR_REQUIRED:
        return False
    return user.is_staff or user.is_superuser or user.has_perm("wagtailadmin.access_admin")


def session_saw(request: HttpRequest, factors: dict[int, str]) -> bool:
    """Whether one of these factors was used in this session. New recovery codes do not undo the use of an old one."""
    for record in get_authentication_records(request, request.user):
        if record.get("method") != "mfa":
            continue
        if record.get("id") in factors or record.get("type") == Authenticator.Type.RECOVERY_CODES:
            return bool(factors)
    return False


class SecondFactorMiddleware:
    """Leads a signed-in user who still owes the factor to the step that is missing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, User) and not request.path.startswith(OPEN) and is_held_up(request, request.user):
            return step(request)
        return self.get_response(request)


def is_held_up(request: HttpRequest, user: User) -> bool:
    """Factors themselves are managed only by a session that used one; the rest of /account/ stays open to all."""
    if request.path.startswith("/account/"):
        if not request.path.startswith(reverse("mfa_index")) or "authenticate/" in request.path:
            return False
        factors = factors_of(user)
        return bool(factors) and not session_saw(request, factors)
    return owes_factor(user) and not session_saw(request, factors_of(user))


def step(request: HttpRequest) -> HttpResponse:
    """Off to the missing step, remembering where the user was going; a script is told so in its own way."""
    target = request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
    address = f"{reverse('second_factor')}?{urlencode({'next': target})}"
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": address})
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return HttpResponse(status=403)
    return redirect(address)


@never_cache
@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """The missing step: choose a factor and set it up, or use the one there is, then on to `next`."""
    target = safe_next(request)
    factors = factors_of(request.user) if isinstance(request.user, User) else {}
    if session_saw(request, factors):
        request.session.pop(NEXT, None)
        return redirect(target)
    if factors:
        return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': target})}")
    request.session[NEXT] = target
    return render(request, "account/second_factor.html")


def safe_next(request: HttpRequest) -> str:
    """Where the user was going, within the site only."""
    target = request.GET.get("next") or request.session.get(NEXT) or "/"
    is_safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return target if is_safe else "/"

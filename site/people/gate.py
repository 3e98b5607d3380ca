"""The one gate to every login: allauth's. Wagtail's own login pages would go around its second factor."""

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache


@never_cache
def admin_login_gate(request: HttpRequest) -> HttpResponse:
    """Send a stranger to the login and an editor to where she was going; somebody without the right gets a 403."""
    target = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        target = "/beheer/"
    if not request.user.is_authenticated:
        return redirect_to_login(target, login_url=settings.LOGIN_URL)
    if not request.user.has_perm("wagtailadmin.access_admin"):
        raise PermissionDenied
    return redirect(target)


@never_cache
def password_gate(request: HttpRequest, path: str = "") -> HttpResponse:
    """Wagtail's page for a forgotten password leads to the one that every account uses."""
    return redirect("account_reset_password")

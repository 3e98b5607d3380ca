"""Response headers that say what a page may load and do."""

from collections.abc import Callable
from typing import Any

from csp.constants import SELF
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

# Only names that browsers know: another one is an error in their console.
PERMISSIONS_POLICY = (
    "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), usb=(), "
    "publickey-credentials-create=(self), publickey-credentials-get=(self)"
)


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """django-csp, with a looser policy for Wagtail's admin only: its pages write inline scripts and styles.

    A preview is a page of the site, drawn for the admin: the site's own policy, but the admin may frame it.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if getattr(request, "is_preview", False):
            response._csp_replace = {"frame-ancestors": [SELF]}  # type: ignore[attr-defined]
        elif request.path.startswith(reverse("wagtailadmin_home")):
            response._csp_replace = _directives(settings.CONTENT_SECURITY_POLICY_ADMIN)  # type: ignore[attr-defined]
        return super().process_response(request, response)


def _directives(policy: dict[str, Any]) -> dict[str, Any]:
    return dict(policy["DIRECTIVES"])


class PermissionsPolicyMiddleware:
    """Switch off the browser features that the site never uses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

"""What holds for every request: an address that can be read, and headers that say what a page may load and do."""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_to_bytes

from csp.constants import SELF
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from core.admin_address import in_admin

MAXIMUM_QUERY = 8000  # bytes of a query string; what forms and filters of the site make stays far below it
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
        elif in_admin(request):
            response._csp_replace = _directives(settings.CONTENT_SECURITY_POLICY_ADMIN)  # type: ignore[attr-defined]
        return super().process_response(request, response)


def _directives(policy: dict[str, Any]) -> dict[str, Any]:
    return dict(policy["DIRECTIVES"])


class ReadableQueryMiddleware:
    """Refuse with 400 a query string that no form or link of the site makes: bytes that are no text, NUL, or endless.

    Less strange nonsense is answered: a page that does not exist gives the last one, too many words are cut.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        # The admin names every page of a bulk action.
        if len(query) > MAXIMUM_QUERY and not in_admin(request):
            raise BadRequest("the query string is too long")
        if "%" in query or not query.isascii():
            _check_text(unquote_to_bytes(query.encode("latin-1", "replace")))
        return self.get_response(request)


def _check_text(query: bytes) -> None:
    try:
        readable = "\x00" not in query.decode()
    except UnicodeDecodeError:
        readable = False
    if not readable:
        raise BadRequest("the query string is no text")


class PermissionsPolicyMiddleware:
    """Switch off the browser features that the site never uses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response

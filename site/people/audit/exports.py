"""Every file of data that a signed-in person takes away, whatever view makes it: a report, a list, her own data."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from people.audit import record
from people.models import AuditAction, User

DATA = (
    "text/csv",
    "application/json",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)
# These hand out a document that an editor put there: reading it is no export.
DOCUMENTS = ("document", "wagtaildocs_serve")


class ExportMiddleware:
    """Writes a line for an attachment that holds data. Comes after AccountMiddleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_export(request, response) and isinstance(request.user, User):
            details = {"address": request.path, "asked": _asked(request)}
            record(AuditAction.EXPORTED, actor=request.user, details=details)
        return response


def is_export(request: HttpRequest, response: HttpResponse) -> bool:
    if response.status_code != 200 or request.method == "HEAD":
        return False
    attached = response.headers.get("Content-Disposition", "").startswith("attachment")
    if not attached or not response.headers.get("Content-Type", "").startswith(DATA):
        return False
    match = request.resolver_match
    return match is None or match.url_name not in DOCUMENTS


def _asked(request: HttpRequest) -> list[str]:
    """Which filters were on; not what was typed in them."""
    return sorted(name for name, value in request.GET.items() if value)

"""What the admin answers when a rule of the models stops an action: a message on the page, never an error page.

Wagtail checks the rules of a form, but publishes and deletes from lists, workflows and bulk actions without asking the
model first. The rules themselves stand in the models and signals; here they only get words.
"""

from collections.abc import Callable, Iterable

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from core.admin_address import admin_home, in_admin
from core.references import NAMED_AT_MOST, InUse, owner_of


class AdminRefusalMiddleware:
    """Turns a refusal raised while the admin changes something into messages and a way back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if request.method != "POST" or not in_admin(request):
            return None
        if not isinstance(exception, (ValidationError, ProtectedError, RestrictedError)):
            return None
        words = list(words_of(exception))
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"success": False, "error_message": " ".join(words)}, status=400)
        for sentence in words:
            messages.error(request, sentence)
        return redirect(_way_back(request))


def words_of(exception: Exception) -> Iterable[str]:
    """The sentences for the editor."""
    if isinstance(exception, InUse):
        yield str(exception)
    elif isinstance(exception, ValidationError):
        yield from _words_of_validation(exception)
    else:
        rows = exception.args[1] if len(exception.args) > 1 else ()
        places = sorted({str(owner_of(row)) for row in rows})[:NAMED_AT_MOST]
        yield _("This is in use and stays: %(places)s. Replace or remove it there first.") % {
            "places": ", ".join(places)
        }


def _words_of_validation(error: ValidationError) -> Iterable[str]:
    """What could not be published, where the error knows it (`subject`), then what is wrong with which field."""
    subject = str(getattr(error, "subject", None) or "")
    if subject:
        yield _("“%(page)s” is not published: it is not complete yet.") % {"page": subject}
    if not hasattr(error, "error_dict"):
        yield from error.messages
        return
    for field, sentences in error.message_dict.items():
        prefix = "" if field == NON_FIELD_ERRORS or subject else f"{field}: "
        yield from (f"{prefix}{sentence}" for sentence in sentences)


def _way_back(request: HttpRequest) -> str:
    """The page's own form where the address names one, else where the editor came from, else the dashboard."""
    match = request.resolver_match
    if match is not None and match.namespace == "wagtailadmin_pages" and "page_id" in match.kwargs:
        return reverse("wagtailadmin_pages:edit", args=[match.kwargs["page_id"]])
    for target in (request.POST.get("next", ""), request.GET.get("next", ""), request.headers.get("Referer", "")):
        if target and url_has_allowed_host_and_scheme(
            target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        ):
            return target
    return admin_home()

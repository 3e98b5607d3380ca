"""Checking a certificate by its code, and taking the paper."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from experts.certificates.papers import as_file, certificate_with, in_form
from people.permissions import signed_in
from people.throttle import Throttle

GUESSES = Throttle("certificate")


@require_safe
@never_cache
def check(request: HttpRequest) -> HttpResponse:
    """Where a code is typed over from paper. It leads to the address that stands on the paper as well."""
    typed = in_form(request.GET.get("code", ""))
    if typed:
        return redirect("certificate", code=typed)
    context = {"is_empty": "code" in request.GET}
    return render(request, "experts/certificates/check.html", context, status=422 if context["is_empty"] else 200)


@require_safe
@never_cache
def certificate(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody who holds a certificate can check it. Every other code gets the same answer; many of them, none."""
    if GUESSES.is_shut(request):
        return render(request, "429.html", status=429)
    found = certificate_with(code)
    if found is None:
        GUESSES.note(request)
    return render(
        request, "experts/certificates/certificate.html", {"certificate": found}, status=200 if found else 404
    )


@require_safe
@never_cache
@login_required
def certificate_file(request: HttpRequest, code: str) -> HttpResponse:
    """The paper itself, for whom it is."""
    found = certificate_with(code)
    if found is None:
        raise Http404
    found.check_taker(signed_in(request))
    return as_file(request, found)

"""Answers to requests that Django refuses before any view sees them, and the files that editors uploaded."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.documents.views.serve import serve


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its token: mostly an old tab or refused cookies, seldom an attack. Say what to do."""
    return render(request, "403_csrf.html", status=403)


@require_safe
def document(request: HttpRequest, document_id: int, filename: str) -> HttpResponseBase:
    """A document, through Wagtail's view and its checks, without the two headers that it gets wrong.

    It sends "Content-Encoding: None", and an empty ETag for a file without a hash, which would match every other file.
    """
    response: HttpResponseBase = serve(request, document_id, filename)
    if response.headers.get("Content-Encoding") == "None":
        del response.headers["Content-Encoding"]
    if response.headers.get("ETag") == '""':
        del response.headers["ETag"]
    return response

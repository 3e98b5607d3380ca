"""Answers to requests that Django refuses before any view sees them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without its token: mostly an old tab or refused cookies, seldom an attack. Say what to do."""
    return render(request, "403_csrf.html", status=403)

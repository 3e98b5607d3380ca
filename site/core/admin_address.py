"""Where the admin is. Several middlewares ask for every request."""

from functools import cache

from django.http import HttpRequest
from django.urls import reverse


@cache
def admin_home() -> str:
    """Its first page; the addresses do not change while a process lives."""
    return reverse("wagtailadmin_home")


def in_admin(request: HttpRequest) -> bool:
    return request.path.startswith(admin_home())

"""What the templates of the home page show."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

if TYPE_CHECKING:
    from home.models import HomePage


def home_context(page: "HomePage", request: HttpRequest) -> dict[str, Any]:
    return {}

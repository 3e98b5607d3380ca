"""What the templates of a practice show."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

if TYPE_CHECKING:
    from practices.models import PracticePage


def practice_context(page: "PracticePage", request: HttpRequest) -> dict[str, Any]:
    return {}

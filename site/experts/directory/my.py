"""What an expert sees on “My page”."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from experts.directory.permissions import experts_of
from experts.directory.profile import waiting
from people import my_page
from people.my_page import Asked, Section
from people.permissions import signed_in


def _mine(request: HttpRequest) -> dict[str, Any] | None:
    rows = [{"page": page, "waiting": waiting(page)} for page in experts_of(signed_in(request))]
    return {"experts": rows} if rows else None


def _asked(request: HttpRequest) -> list[Asked]:
    """A profile of which the day of review has passed."""
    due = [page for page in experts_of(signed_in(request)) if page.is_listed and page.review_is_due]
    words = _("Look whether the profile of %(expert)s is still right.")
    return [Asked(words % {"expert": page}, reverse("my_expert_profile", args=[page.pk])) for page in due]


def connect() -> None:
    my_page.register(Section(order=15, template="experts/directory/my_section.html", context=_mine))
    my_page.ask("expert_profile", _asked)

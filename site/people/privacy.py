"""What people show on “My page” about privacy, and what this app adds to the two registers of personal data."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.http import HttpRequest

from people import my_page, retention
from people.my_page import Section
from people.permissions import signed_in
from people.personal_data import account, belonging, writing
from people.second_factor import factors_of, owes_factor


def my_privacy(request: HttpRequest) -> dict[str, Any]:
    """Devices, second step, data, and leaving."""
    user = signed_in(request)
    return {
        "sessions": UserSession.objects.filter(user=user).count(),
        "factors": [kind for kind in factors_of(user).values() if kind != "recovery_codes"],
        "owes_factor": owes_factor(user),
    }


def connect() -> None:
    """Called once, when the app is ready."""
    account.connect()
    belonging.connect()
    writing.connect()
    retention.connect()
    my_page.register(Section(order=90, template="people/includes/my_privacy.html", context=my_privacy))

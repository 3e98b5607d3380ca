"""The organiser's desk in the menu of the admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from events.permissions import is_organiser
from people.models import User


class OrganiserMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and is_organiser(request.user)


def desk_menu() -> MenuItem:
    items: list[tuple[Any, str, str]] = [
        (_("Events"), "overview", "date"),
        (_("Reach and figures"), "figures", "decimal"),
        (_("Not reached"), "unreached", "globe"),
        (_("Intervision groups"), "intervision_groups", "group"),
    ]
    rows = [
        OrganiserMenuItem(label, reverse(f"event_desk:{name}"), name=f"event-desk-{name}", icon_name=icon, order=order)
        for order, (label, name, icon) in enumerate(items)
    ]
    return SubmenuMenuItem(_("Trainings"), Menu(items=rows), name="event-desk", icon_name="date", order=306)

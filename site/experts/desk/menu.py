"""The desk in the menu of the admin, with what waits for VVSG."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from experts.booking.permissions import is_desk
from experts.desk.board import waiting_for_vvsg
from people.models import User


class DeskMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and is_desk(request.user)


class BoardMenuItem(DeskMenuItem):
    """Says how many bookings wait for VVSG."""

    def render_component(self, request: HttpRequest) -> LinkMenuItem:
        count = waiting_for_vvsg()
        label = f"{self.label} ({count})" if count else str(self.label)
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name, attrs=self.attrs)


def desk_menu() -> MenuItem:
    items: list[tuple[type[MenuItem], Any, str, str]] = [
        (BoardMenuItem, _("Board"), "board", "list-ul"),
        (DeskMenuItem, _("Request by telephone"), "phone", "mobile-alt"),
        (DeskMenuItem, _("Who can?"), "questions", "help"),
        (DeskMenuItem, _("Budget and quota"), "budget", "table"),
        (DeskMenuItem, _("Figures of the pool"), "figures", "decimal"),
    ]
    rows = [
        kind(label, reverse(f"expert_desk:{name}"), name=f"expert-desk-{name}", icon_name=icon, order=order)
        for order, (kind, label, name, icon) in enumerate(items)
    ]
    return SubmenuMenuItem(_("Expert pool"), Menu(items=rows), name="expert-desk", icon_name="calendar-alt", order=305)

"""The menu of the desk, what it shows on the dashboard, and the copying of events, which is the desk's."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from events.desk.menu import desk_menu
from events.desk.panels import EventsPanel
from events.models import EventPage
from events.permissions import is_organiser
from people.permissions import signed_in

hooks.register("register_admin_menu_item", desk_menu)


@hooks.register("construct_homepage_panels")
def events_panel(request: HttpRequest, panels: list[Component]) -> None:
    if is_organiser(signed_in(request)):
        panels.append(EventsPanel())


@hooks.register("before_copy_page")
def copied_at_the_desk(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Wagtail's own copy would keep the old dates, the materials, and the numbers by which sessions are known."""
    if page.specific_class is not EventPage:
        return None
    if is_organiser(signed_in(request)):
        return redirect("event_desk:copy", page.pk)
    messages.warning(request, _("Whoever organises events copies them, so that dates and registration are right."))
    return redirect("wagtailadmin_explore", page.get_parent().pk)

"""What organisations and members add to the admin."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet

from people import admin_urls
from people.admin_views.panel import MembersPanel
from people.choosers import municipality_chooser
from people.models import Organisation, User
from people.permissions import keeps_members
from people.viewsets import OrganisationViewSet

register_snippet(OrganisationViewSet)


@hooks.register("register_admin_viewset")
def municipalities() -> ChooserViewSet:
    return municipality_chooser


@hooks.register("register_admin_urls")
def member_urls() -> list[URLPattern | URLResolver]:
    return [path("leden/", include(admin_urls))]


class KeepersMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and keeps_members(request.user)


@hooks.register("register_admin_menu_item")
def members_menu() -> MenuItem:
    items = (
        (_("Requests"), "members_admin:queue", "clipboard-list"),
        (_("All members"), "members_admin:members", "group"),
        (_("LIVC-R circle"), "members_admin:livc", "lock"),
        (_("Nothing without an owner"), "members_admin:ownerless", "warning"),
    )
    menu = Menu(
        items=[
            KeepersMenuItem(label, reverse(name), name=name.replace(":", "-"), icon_name=icon, order=order)
            for order, (label, name, icon) in enumerate(items)
        ]
    )
    return SubmenuMenuItem(_("Members"), menu, name="members", icon_name="user", order=300)


@hooks.register("construct_homepage_panels")
def members_panel(request: HttpRequest, panels: list[Component]) -> None:
    if isinstance(request.user, User) and keeps_members(request.user):
        panels.append(MembersPanel(request))


@hooks.register("register_snippet_listing_buttons")
def organisation_buttons(snippet: object, user: User, next_url: str | None = None) -> Iterator[Button]:
    if not isinstance(snippet, Organisation) or not keeps_members(user):
        return
    yield Button(_("Members"), reverse("members_of", args=[snippet.pk]), icon_name="group")
    if snippet.merged_into_id is None:
        yield Button(
            _("Merge into another organisation"),
            reverse("members_admin:merge", args=[snippet.pk]),
            icon_name="resubmit",
        )

"""What organisations and members add to the admin."""

from collections.abc import Iterator

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets.button import Button
from wagtail.snippets.models import register_snippet

from core.reports import report_urls
from people import admin_urls
from people.admin_views.audit import AuditView, reads_audit
from people.admin_views.deleting import instead_of_deleting, no_bulk
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


@hooks.register("register_admin_urls")
def audit_urls() -> list[URLPattern]:
    return report_urls(AuditView, "logboek", "audit_log")


hooks.register("before_delete_user", instead_of_deleting)
hooks.register("before_bulk_action", no_bulk)


class AuditMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and reads_audit(request.user)


@hooks.register("register_reports_menu_item")
def audit_menu_item() -> MenuItem:
    return AuditMenuItem(_("Log of access"), reverse("audit_log"), name="audit-log", icon_name="lock", order=1000)


@hooks.register("register_permissions")
def audit_permission() -> "QuerySet[Permission]":
    """In the form of a group, so that VVSG can give it to whoever watches over privacy."""
    return Permission.objects.filter(content_type__app_label="people", codename="view_auditentry")


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

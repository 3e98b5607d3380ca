"""What practices add to the admin."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.permissions import page_permission_policy
from wagtail.snippets.models import register_snippet

from core.reports import report_urls
from people.models import User
from practices.admin_views import importing
from practices.admin_views.attention import AttentionPanel
from practices.admin_views.report import PracticeReportView
from practices.completeness import missing_to_publish
from practices.models import PracticePage
from practices.signals import documents_changed
from practices.viewsets import AdoptionViewSet

register_snippet(AdoptionViewSet)


@hooks.register("register_admin_urls")
def practice_admin_urls() -> list[URLPattern | URLResolver]:
    patterns = [
        path("", importing.upload, name="upload"),
        path("sjabloon.xlsx", importing.template, name="template"),
        path("<uuid:token>/", importing.review, name="review"),
        path("<uuid:token>/uitvoeren/", importing.confirm, name="confirm"),
    ]
    return [
        path("praktijken-importeren/", include((patterns, "practice_import"))),
        *report_urls(PracticeReportView, "praktijken", "practice_report"),
    ]


class ImportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and importing.may_import(request.user)


class ReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(page_permission_policy.user_has_any_permission(request.user, ["add", "change", "publish"]))


@hooks.register("register_admin_menu_item")
def import_menu_item() -> MenuItem:
    label = gettext_lazy("Import practices")
    return ImportMenuItem(
        label, reverse("practice_import:upload"), name="import-practices", icon_name="upload", order=320
    )


@hooks.register("register_reports_menu_item")
def report_menu_item() -> MenuItem:
    label = gettext_lazy("Practices by completeness")
    return ReportMenuItem(label, reverse("practice_report"), name="practice-report", icon_name="tasks", order=100)


@hooks.register("construct_homepage_panels")
def attention_panel(request: HttpRequest, panels: list[Component]) -> None:
    if page_permission_policy.user_has_any_permission(request.user, ["add", "change", "publish"]):
        panels.append(AttentionPanel(request))


@hooks.register("after_bulk_action")
def reindex_moved_documents(
    request: HttpRequest, action_type: str, objects: Iterable[object], action: object
) -> HttpResponse | None:
    """Moving documents to another collection from a list sends no signal; the collection may be a private one."""
    if action_type == "add_to_collection":
        documents_changed([thing.pk for thing in objects if isinstance(thing, get_document_model())])
    return None


@hooks.register("before_bulk_action")
def publish_only_what_is_complete(
    request: HttpRequest, action_type: str, objects: Iterable[object], action: object
) -> HttpResponse | None:
    """Publishing from a list is all or nothing: say which practices are not complete and publish none."""
    if action_type != "publish":
        return None
    refused = []
    for page in objects:
        specific = page.specific if isinstance(page, Page) else None
        if isinstance(specific, PracticePage):
            missing = missing_to_publish(specific.get_latest_revision_as_object())
            refused += [f"{specific.get_admin_display_title()}: {sentence}" for sentence in missing.values()]
    if not refused:
        return None
    messages.error(request, _("Nothing is published: some practices are not complete yet."))
    for sentence in refused[:10]:
        messages.error(request, sentence)
    return redirect(getattr(action, "next_url", None) or "wagtailadmin_home")


@hooks.register("before_copy_page")
def no_alias_of_a_practice(request: HttpRequest, page: Page) -> HttpResponse | None:
    """There is one list of practices: an alias would only stand in it twice."""
    if request.method != "POST" or "alias" not in request.POST or not isinstance(page.specific, PracticePage):
        return None
    messages.error(request, _("A practice stands in the list once. Copy it without “alias” to describe another one."))
    return redirect("wagtailadmin_pages:copy", page.pk)

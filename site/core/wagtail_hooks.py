"""Our name and colours in the admin, and the report of documents that cannot be searched."""

from typing import Any

from django.http import Http404, HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.documents.permissions import permission_policy
from wagtail.rich_text.feature_registry import FeatureRegistry

from core.attachments.report import MAY_SEE, UnsearchableDocumentsView
from core.links import DocumentLinks, PageLinks
from core.privacy import closed_collections, is_private
from core.reports import report_urls


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    names = ("admin", "admin-import", "admin-people", "admin-audience", "admin-reports")
    sheets = ((static(f"css/{name}.css"),) for name in names)
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', sheets)


@hooks.register("insert_global_admin_js")
def admin_js() -> SafeString:
    return format_html('<script src="{}" defer></script>', static("js/admin-audience.js"))


@hooks.register("construct_help_menu")
def only_our_own_help(request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave out what leads to another host; Wagtail's news says nothing to an editor."""
    items[:] = [item for item in items if item.url.startswith(("/", "#"))]


@hooks.register("register_admin_urls")
def document_report_urls() -> list[URLPattern]:
    return report_urls(UnsearchableDocumentsView, "documenten", "unsearchable_documents")


@hooks.register("register_rich_text_features", order=100)
def links_that_tell_nothing(features: FeatureRegistry) -> None:
    """In the place of Wagtail's own."""
    features.register_link_type(PageLinks)
    features.register_link_type(DocumentLinks)


@hooks.register("before_serve_document", order=-100)
def a_closed_document_does_not_exist(document: Any, request: HttpRequest) -> None:
    """Wagtail would lead to the login, which tells that there is one. Raises Http404."""
    if is_private(document) and document.collection.path.startswith(closed_collections(request)):
        raise Http404


class DocumentReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(permission_policy.user_has_any_permission(request.user, MAY_SEE))


@hooks.register("register_reports_menu_item")
def document_report_menu_item() -> MenuItem:
    return DocumentReportMenuItem(
        gettext_lazy("Documents that cannot be searched"),
        reverse("unsearchable_documents"),
        name="unsearchable-documents",
        icon_name="doc-full-inverse",
        order=110,
    )

"""What home adds to the admin: the report of what readers search for."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from core.reports import report_urls
from home.asked import views
from home.asked.report import AskedReportView


@hooks.register("register_admin_urls")
def asked_urls() -> list[URLPattern | URLResolver]:
    patterns = [
        path("synoniem/", views.synonym, name="synonym"),
        path("synoniem/<int:pk>/ongedaan/", views.undo, name="undo"),
        path("nog-te-schrijven/", views.wish, name="wish"),
        path("vergeten/", views.forget, name="forget"),
    ]
    return [
        path("gezocht/", include((patterns, "asked"))),
        *report_urls(AskedReportView, "gezocht", "asked_report"),
    ]


class AskedMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("search.view_askedsearch")


@hooks.register("register_reports_menu_item")
def asked_menu_item() -> MenuItem:
    label = gettext_lazy("What readers search for")
    return AskedMenuItem(label, reverse("asked_report"), name="asked-report", icon_name="search", order=90)


@hooks.register("insert_global_admin_css")
def asked_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin-asked.css"))

"""What practices add to the admin."""

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from people.models import User
from practices.admin_views import importing


@hooks.register("register_admin_urls")
def import_urls() -> list[URLPattern | URLResolver]:
    patterns = [
        path("", importing.upload, name="upload"),
        path("sjabloon.xlsx", importing.template, name="template"),
        path("<uuid:token>/", importing.review, name="review"),
        path("<uuid:token>/uitvoeren/", importing.confirm, name="confirm"),
    ]
    return [path("praktijken-importeren/", include((patterns, "practice_import")))]


class ImportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and importing.may_import(request.user)


@hooks.register("register_admin_menu_item")
def import_menu_item() -> MenuItem:
    return ImportMenuItem(
        _("Import practices"), reverse("practice_import:upload"), name="import-practices", icon_name="upload", order=320
    )

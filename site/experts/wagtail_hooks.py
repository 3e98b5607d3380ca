"""What the expert pool adds to the admin; each part keeps its own."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks

from experts.desk import admin_urls
from experts.desk.menu import desk_menu
from experts.directory import admin as _directory  # noqa: F401  # its hooks

hooks.register("register_admin_menu_item", desk_menu)


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern | URLResolver]:
    return [path("expertenpool/", include(admin_urls))]


@hooks.register("register_permissions")
def desk_permission() -> "QuerySet[Permission]":
    """In the form of a group, so that VVSG can give it to whoever treats bookings."""
    return Permission.objects.filter(content_type__app_label="experts", codename="manage_bookings")

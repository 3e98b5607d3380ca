"""What events add to the admin; each part keeps its own."""

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import URLPattern, URLResolver, include, path
from wagtail import hooks

from events.desk import admin_urls
from events.desk import hooks as _desk  # noqa: F401  # its hooks


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern | URLResolver]:
    return [path("vorming/", include(admin_urls))]


@hooks.register("register_permissions")
def organiser_permission() -> "QuerySet[Permission]":
    """In the form of a group, so that VVSG can give it to whoever organises events."""
    return Permission.objects.filter(content_type__app_label="events", codename="manage_events")

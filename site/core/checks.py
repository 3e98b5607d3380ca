"""System checks of our own: what an installation needs and Django cannot know. Their ids start with ``core.``."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.checks import Warning as CheckWarning


@register(Tags.security, deploy=True)
def site_url_is_https(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """core.E001: mails and feeds carry the site's own address; in production that is an https one."""
    if urlsplit(settings.WAGTAILADMIN_BASE_URL).scheme == "https":
        return []
    return [Error("SITE_URL must be an https address.", hint="For example https://ankerplaats.be", id="core.E001")]


@register(Tags.security, deploy=True)
def demo_is_off(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """core.E002: the demo's logins have a password that everyone can read."""
    if not getattr(settings, "DEMO", False):
        return []
    return [Error("DEMO must be off in production.", hint="Use config.settings.production.", id="core.E002")]


@register(Tags.database, deploy=True)
def database_is_postgresql(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """core.W001: SQLite is the embedded default; several workers want PostgreSQL."""
    if settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        return []
    return [CheckWarning("Production runs on PostgreSQL.", hint="Set DATABASE_URL=postgres://…", id="core.W001")]


@register(Tags.security, deploy=True)
def task_queue_survives(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """core.E003: tasks wait in the database, so that a restart loses none."""
    if settings.TASKS["default"]["BACKEND"].endswith("DatabaseBackend"):
        return []
    return [Error("TASKS must use the database backend in production.", id="core.E003")]

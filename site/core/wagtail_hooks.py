"""Our name and colours in the admin."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    sheets = ((static(f"css/{name}.css"),) for name in ("admin", "admin-import"))
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', sheets)


@hooks.register("construct_help_menu")
def only_our_own_help(request: HttpRequest, items: list[MenuItem]) -> None:
    """Leave out what leads to another host; Wagtail's news says nothing to an editor."""
    items[:] = [item for item in items if item.url.startswith(("/", "#"))]

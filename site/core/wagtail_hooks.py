"""Our name and colours in the admin."""

from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    sheets = ((static(f"css/{name}.css"),) for name in ("admin", "admin-import"))
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', sheets)

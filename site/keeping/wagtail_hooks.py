"""What keeping adds to the admin: nothing that was ever published is deleted."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from keeping import admin_views, services
from keeping.models import KeptPage
from keeping.panels import WishesPanel
from keeping.viewsets import WishViewSet

register_snippet(WishViewSet)


@hooks.register("register_admin_urls")
def keeping_urls() -> list[URLPattern | URLResolver]:
    patterns = [path("<int:page_id>/bevestigen/", admin_views.confirm, name="confirm")]
    return [path("borging/", include((patterns, "keeping_admin")))]


@hooks.register("register_log_actions")
def keeping_log(actions: LogActionRegistry) -> None:
    actions.register_action("keeping.confirm", gettext_lazy("Confirm page"), gettext_lazy("Confirmed as still right"))
    actions.register_action(
        "keeping.hand_over", gettext_lazy("Change steward"), gettext_lazy("Passed to another steward")
    )


def published_once(page: Page) -> list[Page]:
    """The page and those below it that visitors may have seen."""
    return list(page.get_descendants(inclusive=True).filter(first_published_at__isnull=False)[:20])


@hooks.register("before_delete_page")
def keep_what_was_published(request: HttpRequest, page: Page) -> HttpResponse | None:
    pages = published_once(page)
    if not pages:
        return None
    context = {"page": page, "pages": pages, "is_kept": isinstance(page.specific_deferred, KeptPage)}
    return render(request, "keeping/admin/cannot_delete.html", context, status=200 if request.method == "GET" else 409)


@hooks.register("before_bulk_action")
def keep_in_bulk(
    request: HttpRequest, action_type: str, objects: Iterable[object], action: object
) -> HttpResponse | None:
    if action_type != "delete":
        return None
    kept = [kept for page in objects if isinstance(page, Page) for kept in published_once(page)]
    if not kept:
        return None
    text = _("Nothing is deleted: %(pages)s was published once. Withdraw it instead: unpublish it, with a reason.")
    messages.error(request, text % {"pages": ", ".join(str(page.get_admin_display_title()) for page in kept[:5])})
    return redirect(getattr(action, "next_url", None) or "wagtailadmin_home")


@hooks.register("after_publish_page")
def warn_of_a_review_date_gone_by(request: HttpRequest, page: Page) -> None:
    if isinstance(page, KeptPage) and page.review_is_due:
        messages.warning(
            request, _("The review date has passed already. Choose one in the future, in the tab “Keeping”.")
        )


@hooks.register("after_copy_page")
def a_copy_is_not_confirmed_yet(request: HttpRequest, page: Page, new_page: Page) -> None:
    if isinstance(copy := new_page.specific, KeptPage):
        services.start_anew(page=copy)


@hooks.register("construct_homepage_panels")
def wishes_panel(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm("keeping.change_writingwish"):
        panels.append(WishesPanel())

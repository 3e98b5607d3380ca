"""What the vocabulary adds to the admin."""

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.snippets.models import register_snippet

from people.models import User
from taxonomy import admin_views
from taxonomy.models import Concept
from taxonomy.viewsets import ConceptViewSet

register_snippet(ConceptViewSet)


@hooks.register("register_admin_urls")
def vocabulary_urls() -> list[URLPattern | URLResolver]:
    patterns = [
        path("<int:pk>/samenvoegen/", admin_views.merge, name="merge"),
        path("<int:pk>/buiten-gebruik/", admin_views.retire, name="retire"),
    ]
    return [path("begrippenlijst/", include((patterns, "taxonomy_admin")))]


@hooks.register("register_snippet_listing_buttons")
def vocabulary_buttons(snippet: object, user: User, next_url: str | None = None) -> Iterator[Button]:
    if not isinstance(snippet, Concept) or not user.has_perm("taxonomy.change_concept"):
        return
    if snippet.merged_into_id is None:
        yield Button(
            _("Merge into another term"), reverse("taxonomy_admin:merge", args=[snippet.pk]), icon_name="resubmit"
        )
        yield Button(
            _("Bring back") if snippet.retired else _("Retire"),
            reverse("taxonomy_admin:retire", args=[snippet.pk]),
            icon_name="rotate" if snippet.retired else "no-view",
        )


@hooks.register("register_log_actions")
def vocabulary_log(actions: LogActionRegistry) -> None:
    actions.register_action("taxonomy.retire", _("Retire term"), _("Term retired"))
    actions.register_action("taxonomy.reinstate", _("Bring back term"), _("Term brought back"))
    actions.register_action("taxonomy.add_label", _("Add label"), _("Other label added"))
    actions.register_action("taxonomy.remove_label", _("Remove label"), _("Other label taken back"))

    @actions.register_action("taxonomy.merge")
    class MergeFormatter(LogFormatter):
        label = _("Merge term")

        def format_message(self, log_entry: object) -> str:
            into = getattr(log_entry, "data", {}).get("into", "")
            return str(_("Term merged into “%(label)s”") % {"label": into})

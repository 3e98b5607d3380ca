"""The vocabulary in the admin: list, form and chooser of terms."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter, ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.snippets.views.snippets import DeleteView, IndexView, SnippetViewSet

from core.references import usage_counts, users_of
from taxonomy.models import Concept, Scheme


class ConceptFilterSet(WagtailFilterSet):
    scheme = ChoiceFilter(choices=Scheme.choices, label=_("Scheme"))
    retired = BooleanFilter(label=_("Retired"))
    merged = BooleanFilter(field_name="merged_into", lookup_expr="isnull", exclude=True, label=_("Merged"))

    class Meta:
        model = Concept
        fields = ("scheme", "retired", "merged")


def state_of(concept: Concept) -> str:
    if concept.merged_into is not None:
        return str(_("merged into %(label)s") % {"label": concept.merged_into.label})
    return str(_("retired") if concept.retired else _("in use"))


class ConceptIndexView(IndexView):
    @cached_property
    def usage(self) -> dict[int, int]:
        return usage_counts(Concept)

    @cached_property
    def columns(self) -> list[Column]:
        return [
            *super().columns,
            Column("scheme", label=_("Scheme"), accessor="get_scheme_display", sort_key="scheme"),
            Column("usage", label=_("Used by"), accessor=lambda concept: self.usage.get(concept.pk, 0)),
            StatusTagColumn("state", label=_("State"), accessor=state_of, primary=lambda c: not c.retired),
        ]


class ConceptDeleteView(DeleteView):
    """Says where a term is used, and what to do instead; deletes only what nobody uses."""

    template_name = "core/admin/confirm_delete.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        users = users_of(self.object)
        advice = [
            {"url": reverse("taxonomy_admin:merge", args=[self.object.pk]), "label": _("Merge into another term")},
            {"url": reverse("taxonomy_admin:retire", args=[self.object.pk]), "label": _("Retire this term")},
        ]
        return {**super().get_context_data(**kwargs), "users": users, "is_protected": bool(users), "advice": advice}


class ConceptViewSet(SnippetViewSet):
    model = Concept
    icon = "tag"
    menu_label = _("Vocabulary")
    menu_name = "vocabulary"
    menu_order = 300
    add_to_admin_menu = True
    admin_url_namespace = "concepts"
    base_url_path = "begrippen"
    copy_view_enabled = False
    list_display = ("label",)
    list_per_page = 50
    ordering = ("scheme", "label")
    filterset_class = ConceptFilterSet
    search_fields = ("label", "other_labels", "abbreviation", "definition")
    search_backend_name = None
    index_view_class = ConceptIndexView
    delete_view_class = ConceptDeleteView
    delete_template_name = "core/admin/confirm_delete.html"
    panels = (
        MultiFieldPanel(
            [
                FieldPanel("scheme"),
                FieldPanel("label"),
                FieldPanel("other_labels"),
                FieldRowPanel([FieldPanel("abbreviation"), FieldPanel("slug")]),
            ],
            heading=_("Term"),
        ),
        MultiFieldPanel([FieldPanel("definition"), FieldPanel("source")], heading=_("Meaning")),
        MultiFieldPanel([FieldPanel("broader"), FieldPanel("related")], heading=_("Its place")),
    )

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Concept]":
        return Concept.objects.select_related("merged_into")

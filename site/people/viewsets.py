"""Organisations in the admin: list, form and choosers."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import DeleteView, IndexView, SnippetViewSet

from core.references import usage_counts, users_of
from people.choosers import OrganisationChooserViewSet
from people.models import Organisation, OrganisationKind, Province


class OrganisationFilterSet(WagtailFilterSet):
    kind = ChoiceFilter(choices=OrganisationKind.choices, label=_("Kind"))
    province = ChoiceFilter(choices=Province.choices, label=_("Province"))

    class Meta:
        model = Organisation
        fields = ("kind", "province")


class OrganisationIndexView(IndexView):
    @cached_property
    def usage(self) -> dict[int, int]:
        return usage_counts(Organisation)

    @cached_property
    def columns(self) -> list[Column]:
        return [
            *super().columns,
            Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
            Column("province", label=_("Province"), accessor="get_province_display", sort_key="province"),
            Column("nis_code", label=_("NIS code"), sort_key="nis_code"),
            Column("usage", label=_("Used by"), accessor=lambda body: self.usage.get(body.pk, 0)),
        ]


class OrganisationDeleteView(DeleteView):
    template_name = "core/admin/confirm_delete.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        users = users_of(self.object)
        return {**super().get_context_data(**kwargs), "users": users, "is_protected": bool(users)}


class OrganisationViewSet(SnippetViewSet):
    model = Organisation
    icon = "group"
    menu_label = _("Organisations")
    menu_name = "organisations"
    menu_order = 310
    add_to_admin_menu = True
    admin_url_namespace = "organisations"
    base_url_path = "organisaties"
    copy_view_enabled = False
    list_display = ("name",)
    list_per_page = 50
    ordering = ("name",)
    filterset_class = OrganisationFilterSet
    search_fields = ("name", "nis_code", "kbo_number", "ovo_code")
    search_backend_name = None
    index_view_class = OrganisationIndexView
    delete_view_class = OrganisationDeleteView
    chooser_viewset_class = OrganisationChooserViewSet
    delete_template_name = "core/admin/confirm_delete.html"
    panels = (
        FieldPanel("name"),
        FieldPanel("kind"),
        FieldRowPanel([FieldPanel("nis_code"), FieldPanel("kbo_number"), FieldPanel("ovo_code")]),
        FieldRowPanel([FieldPanel("province"), FieldPanel("size_class")]),
        FieldPanel("website"),
        InlinePanel("domains", heading=_("E-mail domains"), label=_("E-mail domain"), panels=[FieldPanel("domain")]),
        FieldPanel("merged_into", read_only=True, help_text=_("By the action “Merge into another organisation”.")),
        MultiFieldPanel([FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")])], heading=_("On the map")),
    )

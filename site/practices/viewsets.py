"""Experiences with practices, in the admin: the list and the form."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, PageChooserPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.views.snippets import SnippetViewSet

from people.choosers import municipality_chooser
from practices.models import Adoption

if TYPE_CHECKING:
    from django.db.models import QuerySet


class AdoptionFilterSet(WagtailFilterSet):
    class Meta:
        model = Adoption
        fields = ("outcome", "year")


class AdoptionViewSet(SnippetViewSet):
    model = Adoption
    icon = "comment"
    menu_label = _("Experiences with practices")
    menu_name = "adoptions"
    menu_order = 315
    add_to_admin_menu = True
    admin_url_namespace = "adoptions"
    base_url_path = "ervaringen"
    copy_view_enabled = False
    list_per_page = 50
    filterset_class = AdoptionFilterSet
    search_fields = ("text", "practice__title", "organisation__name")
    search_backend_name = None
    list_display = (
        "organisation",
        Column("practice", label=_("Practice"), sort_key="practice__title"),
        Column("year", label=_("Year"), sort_key="year"),
        Column("outcome", label=_("Outcome"), accessor="get_outcome_display", sort_key="outcome"),
        BooleanColumn("shown", label=_("Shown"), accessor=lambda row: row.consented_on is not None),
    )
    edit_handler = ObjectList(
        [
            PageChooserPanel("practice", "practices.PracticePage"),
            FieldPanel("organisation", widget=municipality_chooser.widget_class),
            FieldRowPanel([FieldPanel("year"), FieldPanel("outcome")]),
            FieldPanel("text"),
            FieldPanel("adapted"),
            MultiFieldPanel([FieldPanel("source"), FieldPanel("consented_on")], heading=_("May it be shown")),
        ]
    )

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Adoption]":
        return Adoption.objects.select_related("practice", "organisation").order_by("-year", "-pk")

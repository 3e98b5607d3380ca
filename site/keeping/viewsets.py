"""What is still to be written, in the admin: the list and the form."""

from django.db.models import Case, QuerySet, Value, When
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, PageChooserPanel
from wagtail.admin.ui.tables import Column, StatusTagColumn
from wagtail.snippets.views.snippets import SnippetViewSet

from keeping.forms import WishForm
from keeping.models import WritingWish


class WishFilterSet(WagtailFilterSet):
    state = ChoiceFilter(choices=WritingWish.State.choices, label=_("State"))

    class Meta:
        model = WritingWish
        fields = ("state", "writer")


class WishViewSet(SnippetViewSet):
    model = WritingWish
    icon = "edit"
    menu_label = _("Still to be written")
    menu_name = "writing-wishes"
    menu_order = 310
    add_to_admin_menu = True
    admin_url_namespace = "writing_wishes"
    base_url_path = "nog-te-schrijven"
    copy_view_enabled = False
    list_per_page = 50
    filterset_class = WishFilterSet
    search_fields = ("subject", "reason")
    search_backend_name = None
    list_display = (
        "subject",
        StatusTagColumn(
            "state",
            label=_("State"),
            accessor="get_state_display",
            primary=lambda wish: wish.state in WritingWish.UNDECIDED,
            sort_key="state",
        ),
        Column(
            "writer", label=_("Who writes it"), accessor=lambda wish: wish.writer or "", sort_key="writer__last_name"
        ),
        Column("noted_on", label=_("Noted on"), accessor=lambda wish: date_format(wish.noted_on), sort_key="noted_on"),
    )
    edit_handler = ObjectList(
        [
            FieldPanel("subject"),
            FieldPanel("reason"),
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("state"), FieldPanel("writer")]), PageChooserPanel("page")],
                heading=_("What became of it"),
            ),
        ],
        base_form_class=WishForm,
    )

    def get_queryset(self, request: HttpRequest) -> "QuerySet[WritingWish]":
        """What still waits first."""
        waits = Case(When(state__in=WritingWish.UNDECIDED, then=Value(0)), default=Value(1))
        return WritingWish.objects.select_related("writer").order_by(waits, "-noted_on", "-pk")

"""The report of practices by completeness."""

import django_filters
from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import StatusTagColumn, TitleColumn
from wagtail.admin.widgets import AdminDateInput
from wagtail.permissions import page_permission_policy

from core.reports import LabelledColumn, Report
from people.models import User
from practices.admin_views.attention import practices_for
from practices.completeness import overviews
from practices.models import PracticePage

YES_NO = [("true", _("Yes")), ("false", _("No"))]


class PracticeReportFilterSet(WagtailFilterSet):
    live = django_filters.TypedChoiceFilter(
        choices=YES_NO, coerce=lambda value: value == "true", label=_("Published"), widget=forms.RadioSelect
    )
    complete = django_filters.ChoiceFilter(
        choices=YES_NO, label=_("Complete enough to publish"), method="skip", widget=forms.RadioSelect
    )
    review_before = django_filters.DateFilter(
        field_name="review_date", lookup_expr="lt", label=_("Review date before"), widget=AdminDateInput
    )
    steward = django_filters.ModelChoiceFilter(
        queryset=lambda request: User.objects.filter(pk__in=PracticePage.objects.values("steward")), label=_("Steward")
    )

    class Meta:
        model = PracticePage
        fields = ("live", "complete", "review_before", "steward")

    def skip(self, queryset: "QuerySet[PracticePage]", name: str, value: str) -> "QuerySet[PracticePage]":
        """Completeness is worked out of the latest revision, after the database has answered."""
        return queryset


def _review_day(page: PracticePage) -> str:
    """The day itself: how long ago or ahead says nothing about what to do."""
    return date_format(page.review_date) if page.review_date else ""


class PracticeReportView(Report):
    page_title = _("Practices by completeness")
    header_icon = "tasks"
    index_url_name = "practice_report"
    index_results_url_name = "practice_report_results"
    filterset_class = PracticeReportFilterSet
    permission_policy = page_permission_policy
    any_permission_required = ("add", "change", "publish")
    default_ordering = "percent"
    verbose_name_plural = PracticePage._meta.verbose_name_plural
    typed = ("title", "steward")
    list_export = ("title", "percent", "missing_text", "steward", "review_date", "confirmed_on", "status_string")
    export_headings = {
        "title": _("Title"),
        "percent": _("Completeness (%)"),
        "missing_text": _("Missing to publish"),
        "steward": _("Steward"),
        "review_date": _("Review date"),
        "confirmed_on": _("Last confirmed on"),
        "status_string": _("Status"),
    }
    columns = [
        TitleColumn(
            "title",
            label=_("Title"),
            width="34%",
            sort_key="title",
            get_url=lambda p: reverse("wagtailadmin_pages:edit", args=[p.pk]),
        ),
        LabelledColumn(
            "percent", label=_("Completeness"), accessor=lambda page: f"{page.percent}%", sort_key="percent"
        ),
        LabelledColumn("missing_text", label=_("Missing to publish"), width="26%"),
        LabelledColumn("steward", label=_("Steward"), sort_key="steward__last_name"),
        LabelledColumn("review_date", label=_("Review date"), accessor=_review_day, sort_key="review_date"),
        StatusTagColumn("status_string", label=_("Status"), primary=lambda page: page.live, sort_key="live"),
    ]

    def get_filename(self) -> str:
        return "praktijken-naar-volledigheid"

    def get_base_queryset(self) -> "QuerySet[PracticePage]":
        pages = practices_for(self.request.user).select_related("steward")
        return pages.prefetch_workflow_states().annotate_approved_schedule()

    def order_queryset(self, queryset: "QuerySet[PracticePage]") -> "QuerySet[PracticePage]":
        if str(self.ordering).lstrip("-") == "percent":
            return queryset.order_by("title")
        return super().order_queryset(queryset).order_by(self.ordering, "title")

    def get_filtered_queryset(self) -> list[PracticePage]:
        """The practices with their completeness, sorted and filtered by it where asked."""
        pages = list(self.get_queryset())
        found = overviews(pages)
        for page in pages:
            page.percent = found[page.pk].percent
            page.missing_text = ", ".join(found[page.pk].missing)
        if self.filters is not None and self.filters.is_valid():
            wanted = self.filters.form.cleaned_data.get("complete")
            if wanted:
                pages = [page for page in pages if found[page.pk].complete is (wanted == "true")]
        if str(self.ordering).lstrip("-") == "percent":
            pages.sort(key=lambda page: page.percent, reverse=str(self.ordering).startswith("-"))
        return pages

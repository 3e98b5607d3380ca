"""The report of what readers search for."""

import datetime
from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, Table
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets import AdminDateInput
from wagtail.permission_policies import ModelPermissionPolicy

from home.asked.querysets import ORDERS, Questions, questions, unhandled
from home.asked.rows import Row, rows_of
from practices.spreadsheet.values import safe
from search.log.models import AskedSearch

MONTH, YEAR = 30, 365  # days
NOTHING, UNOPENED = "nothing", "unopened"
LISTS = [("", _("Most asked")), (NOTHING, _("Found nothing")), (UNOPENED, _("Found but never opened"))]


class AskedFilterSet(WagtailFilterSet):
    which = django_filters.ChoiceFilter(
        label=_("List"), choices=LISTS[1:], empty_label=LISTS[0][1], method="skip", widget=forms.RadioSelect
    )
    period = django_filters.ChoiceFilter(
        label=_("Period"),
        choices=[(str(YEAR), _("Last 12 months"))],
        empty_label=_("Last 30 days"),
        method="skip",
        widget=forms.RadioSelect,
    )
    since = django_filters.DateFilter(
        field_name="day",
        lookup_expr="gte",
        label=_("Since (instead of a period)"),
        widget=AdminDateInput,
    )
    until = django_filters.DateFilter(
        field_name="day", lookup_expr="lte", label=_("Up to and including"), widget=AdminDateInput
    )
    handled = django_filters.ChoiceFilter(
        label=_("Dealt with"),
        choices=[("true", _("Show these too"))],
        empty_label=_("Leave out what was dealt with"),
        method="skip",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = AskedSearch
        fields = ("which", "period", "since", "until", "handled")

    def skip(self, queryset: "QuerySet[AskedSearch]", name: str, value: str) -> "QuerySet[AskedSearch]":
        """These are about questions, which are still to be counted."""
        return queryset


class WordsColumn(Column):
    cell_template_name = "home/admin/asked_words.html"


class ActionsColumn(Column):
    """What an editor may do about a question; `shared` is what the buttons need of the request."""

    cell_template_name = "home/admin/asked_actions.html"

    def __init__(self, *args: Any, shared: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shared = shared

    def get_cell_context_data(self, instance: Row, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {**super().get_cell_context_data(instance, parent_context), **self.shared}


class AskedReportView(ReportView):
    model = AskedSearch
    page_title = _("What readers search for")
    header_icon = "search"
    index_url_name = "asked_report"
    index_results_url_name = "asked_report_results"
    results_template_name = "home/admin/asked_results.html"
    filterset_class = AskedFilterSet
    permission_policy = ModelPermissionPolicy(AskedSearch)
    any_permission_required = ("view",)
    default_ordering = "-times"
    is_searchable = True
    search_fields = ("text",)
    search_backend_name = None
    verbose_name_plural = _("searches")
    list_export = ("text", "filters", "times", "found", "openings", "last", "done")
    export_headings = {
        "text": _("Words"),
        "filters": _("Filters"),
        "times": _("Times asked"),
        "found": _("Results"),
        "openings": _("Times opened"),
        "last": _("Last asked on"),
        "done": _("Done about it"),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        words = {self.FORMAT_CSV: _safe_text, self.FORMAT_XLSX: _safe_text}
        self.custom_field_preprocess = {**ReportView.custom_field_preprocess, "text": words, "filters": words}

    def get_filename(self) -> str:
        return "wat-gezocht-wordt"

    @cached_property
    def columns(self) -> list[Column]:
        """The last one only for who may do something."""
        may = self.request.user.has_perm
        shared = {
            "csrf_token": get_token(self.request),
            "this_url": self._here(),
            "may_add_synonym": may("taxonomy.change_concept"),
            "may_note": may("keeping.add_writingwish"),
            "may_forget": may("search.delete_askedsearch"),
        }
        return [
            WordsColumn("text", label=_("Words"), sort_key="text", width="22%"),
            Column("filters", label=_("Filters"), width="14%"),
            NumberColumn("times", label=_("Times asked"), sort_key="times"),
            NumberColumn("found", label=_("Results"), sort_key="found"),
            NumberColumn("openings", label=_("Times opened"), sort_key="openings"),
            Column("last", label=_("Last asked on"), accessor="last_day", sort_key="last"),
            ActionsColumn("actions", label=_("Do something about it"), accessor="text", shared=shared),
        ]

    @property
    def asked_for(self) -> dict[str, Any]:
        """What the filters say; nothing where they make no sense."""
        return self.filters.form.cleaned_data if self.filters is not None and self.filters.is_valid() else {}

    def get_queryset(self) -> "QuerySet[AskedSearch]":
        """The counts of the days and words asked for, without order."""
        days: QuerySet[AskedSearch] = AskedSearch.objects.all()
        wanted = self.asked_for
        if not wanted.get("since") and not wanted.get("until"):
            length = datetime.timedelta(days=int(wanted.get("period") or MONTH))
            days = days.filter(day__gt=timezone.localdate() - length)
        return self.search_queryset(days)

    def get_filtered_queryset(self) -> Questions:
        rows = questions(self.filter_queryset(self.get_queryset()))
        which = self.asked_for.get("which")
        if which == NOTHING:
            rows = rows.filter(found=0)
        elif which == UNOPENED:
            rows = rows.filter(found__gt=0, openings=0)
        if not self.asked_for.get("handled"):
            rows = unhandled(rows)
        wanted = str(self.ordering)
        order = ORDERS[wanted.lstrip("-")]
        return rows.order_by(order.desc() if wanted.startswith("-") else order.asc(), "-times", "text", "filters")

    def get_table(self, object_list: Any) -> Table:
        return super().get_table(rows_of(object_list))

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        """An export has lines where a page has a table."""
        return rows_of(object_list) if self.is_export else object_list

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        return {**context, "lists": [self._list(key, label) for key, label in LISTS]}

    def _list(self, key: str, label: Any) -> dict[str, Any]:
        """A tab: the same period and words, another list."""
        query = self.request.GET.copy()
        for name in ("which", "p", "export", "_w_filter_fragment"):
            query.pop(name, None)
        if key:
            query["which"] = key
        return {
            "label": label,
            "url": f"{self.index_url}?{query.urlencode()}",
            "current": key == (self.asked_for.get("which") or ""),
        }

    def _here(self) -> str:
        """This very list, to come back to."""
        query = self.request.GET.copy()
        query.pop("_w_filter_fragment", None)
        return f"{self.index_url}?{query.urlencode()}"


def _safe_text(value: Any) -> str:
    return str(safe(str(value or "")))

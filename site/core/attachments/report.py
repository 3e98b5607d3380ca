"""The report of documents whose text cannot be searched, and why."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import DateColumn, TitleColumn
from wagtail.documents.permissions import permission_policy

from core.attachments.models import REASONS, DocumentText, Status
from core.reports import LabelledColumn, Report

MAY_SEE = ("add", "change", "delete")


class UnsearchableFilterSet(WagtailFilterSet):
    reason = django_filters.ChoiceFilter(choices=list(REASONS.items()), label=_("Reason"), widget=forms.RadioSelect)

    class Meta:
        model = DocumentText
        fields = ("reason",)


def _what_to_do(row: DocumentText) -> str | Promise:
    return row.get_reason_display() or _("The text has not been read yet.")


class UnsearchableDocumentsView(Report):
    page_title = _("Documents that cannot be searched")
    header_icon = "doc-full-inverse"
    index_url_name = "unsearchable_documents"
    index_results_url_name = "unsearchable_documents_results"
    filterset_class = UnsearchableFilterSet
    permission_policy = permission_policy
    any_permission_required = MAY_SEE
    default_ordering = "document__title"
    verbose_name_plural = _("documents")
    typed = ("document", "file_name")
    list_export = ("document", "file_name", "get_reason_display", "extracted_at")
    export_headings = {
        "document": _("Document"),
        "file_name": _("File"),
        "get_reason_display": _("Why, and what to do"),
        "extracted_at": _("Read on"),
    }
    columns = [
        TitleColumn(
            "document",
            label=_("Document"),
            sort_key="document__title",
            get_url=lambda row: reverse("wagtaildocs:edit", args=[row.pk]),
        ),
        LabelledColumn("why", label=_("Why, and what to do"), accessor=_what_to_do),
        DateColumn("extracted_at", label=_("Read on"), sort_key="extracted_at"),
    ]

    def get_filename(self) -> str:
        return "niet-doorzoekbare-documenten"

    def get_base_queryset(self) -> "QuerySet[DocumentText]":
        """Of the documents that this editor may change."""
        mine: QuerySet[Any] = permission_policy.instances_user_has_any_permission_for(self.request.user, ["change"])
        rows = DocumentText.objects.filter(document__in=mine.values("pk")).exclude(status=Status.SEARCHABLE)
        return rows.select_related("document").defer("text")

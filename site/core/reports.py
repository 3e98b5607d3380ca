"""What our reports in the admin share: exports that hold no formula, and tables that a phone can show."""

from typing import Any, ClassVar

from django.urls import URLPattern, path
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from core.text import cell


class LabelledColumn(Column):
    """Its cells carry the heading: on a narrow screen a row is a card (static/css/admin-reports.css)."""

    cell_template_name = "core/admin/labelled_cell.html"


def report_urls(view: type[ReportView], slug: str, name: str) -> list[URLPattern]:
    """The page of a report, and its results alone, which Wagtail fetches while somebody filters."""
    return [
        path(f"reports/{slug}/", view.as_view(), name=name),
        path(f"reports/{slug}/results/", view.as_view(results_only=True), name=f"{name}_results"),
    ]


class Report(ReportView):
    """`typed` names the columns of an export that hold what people typed."""

    typed: ClassVar[tuple[str, ...]] = ()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        words = {self.FORMAT_CSV: cell, self.FORMAT_XLSX: cell}
        self.custom_field_preprocess = {**ReportView.custom_field_preprocess, **dict.fromkeys(self.typed, words)}

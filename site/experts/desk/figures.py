"""The page of figures and its spreadsheet."""

import io

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe
from openpyxl import Workbook

from experts.desk.access import desk_of
from experts.desk.counting import Table, tables, years
from practices.spreadsheet.exporter import XLSX_TYPE
from practices.spreadsheet.template import write_cell
from practices.spreadsheet.values import safe

TITLE_MAX = 31  # of a sheet, says Excel


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    desk_of(request)
    year = _year(request)
    context = {"year": year, "years": years(), "tables": tables(year)}
    return render(request, "experts/desk/figures.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same tables, each on a sheet. The log of access notes it, as every export."""
    desk_of(request)
    year = _year(request)
    response = HttpResponse(workbook(tables(year)), content_type=XLSX_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="expertenpool-{year}.xlsx"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def workbook(found: list[Table]) -> bytes:
    """Names are somebody's words: nothing of them becomes a formula."""
    book = Workbook()
    book.remove(book.active)
    for table in found:
        sheet = book.create_sheet(table.name[:TITLE_MAX])
        for number, line in enumerate([table.heads, *table.rows], start=1):
            for position, value in enumerate(line, start=1):
                write_cell(sheet.cell(number, position), safe(value))
        sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _year(request: HttpRequest) -> int:
    """Of the address; this year when none is given. Raises Http404 for what is no year of ours."""
    text = request.GET.get("jaar", "")
    if not text:
        return timezone.localdate().year
    if not (text.isascii() and text.isdigit()) or not 2000 <= int(text) <= 2100:
        raise Http404
    return int(text)

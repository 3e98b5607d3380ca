"""Tables of figures: for a page with a chart, and for a workbook with a sheet for each."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from openpyxl import Workbook

from practices.spreadsheet.exporter import XLSX_TYPE
from practices.spreadsheet.template import write_cell
from practices.spreadsheet.values import CELL_MAX, safe

TITLE_MAX = 31  # of a sheet, says Excel


@dataclass
class Table:
    """`bar` is the column that the chart draws."""

    name: str
    title: str
    heads: list[str]
    rows: list[list[Any]]
    bar: int = 1
    note: str = ""

    @property
    def bars(self) -> list[tuple[str, Any, float]]:
        """Label, value and length from 0 to 100."""
        most = max((float(row[self.bar] or 0) for row in self.rows), default=0)
        return [(row[0], row[self.bar], 100 * float(row[self.bar] or 0) / most if most else 0) for row in self.rows]


def workbook(tables: Iterable[Table]) -> bytes:
    """Names are somebody's words: nothing of them becomes a formula."""
    book = Workbook()
    book.remove(book.active)
    for table in tables:
        sheet = book.create_sheet(table.name[:TITLE_MAX])
        for number, line in enumerate([table.heads, *table.rows], start=1):
            for position, value in enumerate(line, start=1):
                write_cell(sheet.cell(number, position), _fitting(value))
        sheet.freeze_panes = "A2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_download(tables: Iterable[Table], name: str) -> HttpResponse:
    """A file that the log of access notes, as every export."""
    response = HttpResponse(workbook(tables), content_type=XLSX_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _fitting(value: Any) -> Any:
    made = safe(value)
    return made[:CELL_MAX] if isinstance(made, str) else made

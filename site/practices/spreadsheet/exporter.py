"""Practices as a file, in the columns of the import: what is exported can be imported again and changes nothing."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from practices.models import PracticePage
from practices.spreadsheet.columns import Column
from practices.spreadsheet.facts import facts_of_many
from practices.spreadsheet.layout import COLUMNS
from practices.spreadsheet.values import CELL_MAX, safe

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def columns_of(*, internal: bool) -> list[Column]:
    """The columns of an export. Internal ones (the steward's address, the review date) are for editors only."""
    return [column for column in COLUMNS if internal or not column.internal]


def _lines(practices: Iterable[PracticePage], columns: list[Column]) -> Iterator[list[Any]]:
    pages = list(practices)
    facts = facts_of_many(pages)
    for page in pages:
        yield [_cut(safe(column.cell(page, facts[page.pk]))) for column in columns]


def _cut(value: Any) -> Any:
    return value[:CELL_MAX] if isinstance(value, str) else value


def export_csv(practices: Iterable[PracticePage], *, internal: bool = False) -> bytes:
    """UTF-8 with a byte order mark and semicolons: what Excel in Dutch opens with a double click.

    The caller chooses the practices: give only those that the reader may see.
    """
    columns = columns_of(internal=internal)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(column.label for column in columns)
    writer.writerows(_lines(practices, columns))
    return text.getvalue().encode("utf-8-sig")


def export_xlsx(practices: Iterable[PracticePage], *, internal: bool = False) -> bytes:
    """A workbook with one sheet. The caller chooses the practices: give only those that the reader may see."""
    from openpyxl import Workbook

    from practices.spreadsheet.template import dress_header, write_cell

    columns = columns_of(internal=internal)
    book = Workbook()
    sheet = book.active
    sheet.title = _("Practices")
    dress_header(sheet, columns)
    for number, line in enumerate(_lines(practices, columns), start=2):
        for position, value in enumerate(line, start=1):
            write_cell(sheet.cell(number, position), value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

"""The workbook that editors fill in: a sheet with headings, one that explains them, one with the terms."""

import io
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from practices.spreadsheet.columns import ChoiceColumn, Column, DateColumn
from practices.spreadsheet.layout import COLUMNS
from practices.spreadsheet.lookups import Lookups
from practices.spreadsheet.many import LevelsColumn
from practices.spreadsheet.reader import MAX_ROWS
from taxonomy.models import Concept, Scheme

DEEP, REQUIRED_FILL = "0E2C3A", "B8391F"
DATE_FORMAT = "dd/mm/yyyy"


def write_cell(cell: Any, value: Any) -> None:
    """Text stays text: nothing we write is ever a formula."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    elif hasattr(value, "isoformat"):
        cell.number_format = DATE_FORMAT


def dress_header(sheet: Any, columns: Sequence[Column]) -> None:
    """Headings in the first row, frozen; what publishing needs in the accent colour."""
    for position, column in enumerate(columns, start=1):
        cell = sheet.cell(1, position)
        write_cell(cell, column.label)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", start_color=REQUIRED_FILL if column.required else DEEP)
        sheet.column_dimensions[get_column_letter(position)].width = column.width
    sheet.row_dimensions[1].height = 32
    sheet.freeze_panes = "C2"


def template_xlsx() -> bytes:
    """The empty template with explanation and terms."""
    lookups = Lookups.load()
    book = Workbook()
    sheet = book.active
    sheet.title = _("Practices")
    dress_header(sheet, COLUMNS)
    for position, column in enumerate(COLUMNS, start=1):
        _help_typing(sheet, position, column, lookups)
    _explain(book.create_sheet(_("Explanation")), lookups)
    _list_terms(book.create_sheet(_("Terms")))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _help_typing(sheet: Any, position: int, column: Column, lookups: Lookups) -> None:
    """A drop-down where one value of a short list is asked, a date format where a date is."""
    letter = get_column_letter(position)
    area = f"{letter}2:{letter}{MAX_ROWS + 1}"
    if isinstance(column, ChoiceColumn):
        listed = ",".join(column.allowed(lookups))
        rule = DataValidation(type="list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=False)
        sheet.add_data_validation(rule)
        rule.add(area)
    elif isinstance(column, DateColumn):
        for number in range(2, 102):
            sheet.cell(number, position).number_format = DATE_FORMAT


def _explain(sheet: Any, lookups: Lookups) -> None:
    rows: list[tuple[str, str, str, str]] = [
        (_("Column"), _("Needed to publish"), _("What it says"), _("How to fill it in"))
    ]
    for column in COLUMNS:
        how = column.how
        if isinstance(column, (ChoiceColumn, LevelsColumn)):
            how += " " + _("Allowed: %(values)s.") % {"values": ", ".join(column.allowed(lookups))}
        rows.append((column.label, _("yes") if column.required else "", column.help, how))
    rows += [("", "", "", "")] + [(line, "", "", "") for line in general_rules()]
    for number, row in enumerate(rows, start=1):
        for position, value in enumerate(row, start=1):
            write_cell(sheet.cell(number, position), value)
            if number == 1:
                sheet.cell(1, position).font = Font(bold=True)
    for letter, width in zip("ABCD", (34, 14, 60, 70), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.freeze_panes = "A2"


def general_rules() -> list[str]:
    """What holds for the whole file; shown on the upload page as well."""
    return [
        _(
            "One row is one practice. The slug, or else the title, "
            "decides which practice a row changes; others are new."
        ),
        _("An empty cell changes nothing. A single hyphen (-) empties the part."),
        _("You may leave out columns and change their order. The headings in the first row must stay."),
        _("Write nothing that leads to a person: no names, no cases."),
    ]


def _list_terms(sheet: Any) -> None:
    schemes = [scheme for scheme in Scheme if scheme is not Scheme.GLOSSARY]
    for position, scheme in enumerate(schemes, start=1):
        write_cell(sheet.cell(1, position), str(scheme.label).capitalize())
        sheet.cell(1, position).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(position)].width = 34
        labels = Concept.objects.current().in_scheme(scheme).order_by("label").values_list("label", flat=True)
        for number, label in enumerate(labels, start=2):
            write_cell(sheet.cell(number, position), label)
    sheet.freeze_panes = "A2"

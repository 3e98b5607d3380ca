"""A file that somebody uploaded as a table of cells: refuses what is broken, too large or not what it says."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _

MAX_BYTES = 5 * 1024 * 1024
MAX_ROWS = 2000
MAX_LINES = 20_000  # empty ones included
MAX_COLUMNS = 120
MAX_UNPACKED_BYTES = 60 * 1024 * 1024
MAX_ZIP_ENTRIES = 2000
ZIP_MAGIC = b"PK\x03\x04"


class UnreadableFileError(ValueError):
    """The file as a whole is refused; the message says why and what to do."""


@dataclass(frozen=True)
class Row:
    """A row with its number as the spreadsheet shows it."""

    number: int
    cells: list[Any]


@dataclass(frozen=True)
class Table:
    header: list[str]
    rows: list[Row]


def read(name: str, content: bytes) -> Table:
    """Read an XLSX or CSV file; raises UnreadableFileError."""
    if len(content) > MAX_BYTES:
        raise UnreadableFileError(_("The file is larger than 5 MB. Split it into smaller files."))
    if not content:
        raise UnreadableFileError(_("The file is empty."))
    suffix = PurePath(name).suffix.lower()
    if suffix == ".xlsx":
        return _table(_xlsx(content))
    if suffix in {".csv", ".txt"}:
        return _table(_csv(content))
    if suffix in {".xls", ".ods"}:
        raise UnreadableFileError(_("Save the file as Excel workbook (.xlsx) or as CSV and upload that one."))
    raise UnreadableFileError(_("Upload an Excel workbook (.xlsx) or a CSV file."))


def too_many_rows() -> str:
    return _("The file has more than %(count)d rows. Remove empty rows or split it into smaller files.") % {
        "count": MAX_ROWS
    }


def _table(lines: Iterable[tuple[int, list[Any]]]) -> Table:
    header: list[str] = []
    rows: list[Row] = []
    for number, cells in lines:
        if not any(cell not in {None, ""} and str(cell).strip() for cell in cells):
            continue
        if not header:
            header = [" ".join(str(cell or "").split()) for cell in cells]
            continue
        if len(rows) == MAX_ROWS:
            raise UnreadableFileError(too_many_rows())
        rows.append(Row(number, cells))
    if not header:
        raise UnreadableFileError(_("The file is empty."))
    if not rows:
        raise UnreadableFileError(_("There is a row with headings, but no row with a practice below it."))
    return Table(header, rows)


def _xlsx(content: bytes) -> Iterator[tuple[int, list[Any]]]:
    """The first sheet. Any fault of the package inside is one clear refusal."""
    import openpyxl

    _check_package(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        lines = sheet.iter_rows(max_row=MAX_LINES + 1, max_col=MAX_COLUMNS, values_only=True)
        for number, cells in enumerate(lines, start=1):
            if number > MAX_LINES:
                raise UnreadableFileError(too_many_rows())
            yield number, list(cells)
    except UnreadableFileError:
        raise
    except Exception as error:  # a broken package fails in many ways deep inside the reader
        raise UnreadableFileError(_broken()) from error


def _broken() -> str:
    return _("This file cannot be opened as an Excel workbook. Save it again as .xlsx, or as CSV.")


def _check_package(content: bytes) -> None:
    """A workbook is a zip file: refuse one that is none, is broken, or would unpack to something huge."""
    if not content.startswith(ZIP_MAGIC):
        raise UnreadableFileError(_broken())
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            entries = package.infolist()
            if len(entries) > MAX_ZIP_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
                raise UnreadableFileError(_("This workbook unpacks to far more than it seems and is refused."))
            if "xl/workbook.xml" not in package.namelist():
                raise UnreadableFileError(_broken())
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")):
                    with package.open(entry) as part:
                        if b"<!DOCTYPE" in part.read(2048).replace(b"\0", b"").upper():
                            raise UnreadableFileError(_broken())
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        if isinstance(error, UnreadableFileError):
            raise
        raise UnreadableFileError(_broken()) from error
    except Exception as error:  # zlib.error and its kin
        raise UnreadableFileError(_broken()) from error


def _csv(content: bytes) -> Iterator[tuple[int, list[Any]]]:
    if content.startswith(ZIP_MAGIC) or b"\0" in content:
        raise UnreadableFileError(_("This is not a CSV file. Save it as “CSV UTF-8” and try again."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            _("Save the file as “CSV UTF-8”: the letters with accents cannot be read now.")
        ) from error
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, cells in enumerate(lines, start=1):
            yield number, list(cells[:MAX_COLUMNS])
    except csv.Error as error:
        raise UnreadableFileError(_("The CSV file cannot be read. Check the quotation marks.")) from error

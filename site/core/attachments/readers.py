"""From a file to its text. Runs in the worker only: nothing here may import Django, the file may be hostile.

Word, PowerPoint and OpenDocument files are zips of XML of which only the text matters; one reader on top of defusedxml
streams it and holds no document in memory. PDF and workbooks need a library (pypdf, openpyxl).
"""

import re
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from core.attachments.reasons import Reason

MAXIMUM_ENTRIES = 10_000
MAXIMUM_UNPACKED_BYTES = 200 * 1024 * 1024
MAXIMUM_RATIO = 200  # how far a part of some size may have been packed together
RATIO_FROM_BYTES = 5 * 1024 * 1024
MAXIMUM_SHEETS = 100
SCANNED_LETTERS = 20  # fewer letters than this in a whole PDF with pictures: the text is in the pictures
PDF_MAGIC = b"%PDF-"
OLE_MAGIC = b"\xd0\xcf\x11\xe0"  # what Office wraps around a workbook or text with a password
MAXIMUM_MANIFEST = 1024 * 1024

WORD_PARTS = re.compile(r"word/(document|footnotes|endnotes|header\d*|footer\d*)\.xml")
SLIDE_PARTS = re.compile(r"ppt/(slides|notesSlides)/(?:slide|notesSlide)(\d+)\.xml")
# Tags by their local name, as they stand in Word, PowerPoint and OpenDocument.
PARAGRAPHS = {"p", "h"}
BREAKS = {"tab", "br", "s", "line-break", "cr"}


class Unreadable(Exception):  # noqa: N818 - it names a state
    """There is no text to be had, and why."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason


def read_pdf(handle: IO[bytes]) -> Iterator[str]:
    """The text of each page. Raises Unreadable."""
    from pypdf import PasswordType, PdfReader

    if PDF_MAGIC not in handle.read(1024):
        raise Unreadable(Reason.BROKEN)
    handle.seek(0)
    reader = PdfReader(handle)
    # Many PDFs are only closed against changes: those open with an empty password.
    if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
        raise Unreadable(Reason.ENCRYPTED)
    letters, pictures = 0, False
    for page in reader.pages:
        text = page.extract_text()
        letters += sum(map(str.isalnum, text))
        pictures = pictures or _has_pictures(page)
        yield text
    if letters < SCANNED_LETTERS and pictures:
        raise Unreadable(Reason.SCANNED)


def _has_pictures(page: Any) -> bool:
    resources = page.get("/Resources")
    things = resources.get_object().get("/XObject") if resources is not None else None
    if things is None:
        return False
    return any(thing.get_object().get("/Subtype") == "/Image" for thing in things.get_object().values())


def read_docx(handle: IO[bytes]) -> Iterator[str]:
    with _package(handle) as package:
        names = sorted(filter(WORD_PARTS.fullmatch, package.namelist()), key=lambda name: name != "word/document.xml")
        if "word/document.xml" not in names:
            raise Unreadable(Reason.BROKEN)
        for name in names:
            yield from _paragraphs(package, name)


def read_pptx(handle: IO[bytes]) -> Iterator[str]:
    """Slides in the order of their files, then the notes."""
    with _package(handle) as package:
        found = [match for name in package.namelist() if (match := SLIDE_PARTS.fullmatch(name))]
        if not any(name.startswith("ppt/") for name in package.namelist()):
            raise Unreadable(Reason.BROKEN)
        for match in sorted(found, key=lambda match: (match[1] != "slides", int(match[2]))):
            yield from _paragraphs(package, match[0])


def read_open_document(handle: IO[bytes]) -> Iterator[str]:
    with _package(handle) as package:
        names = package.namelist()
        if "META-INF/manifest.xml" in names:
            with package.open("META-INF/manifest.xml") as manifest:
                if b"encryption-data" in manifest.read(MAXIMUM_MANIFEST):
                    raise Unreadable(Reason.ENCRYPTED)
        if "content.xml" not in names:
            raise Unreadable(Reason.BROKEN)
        yield from _paragraphs(package, "content.xml")


def read_xlsx(handle: IO[bytes]) -> Iterator[str]:
    """The name of each sheet and its rows; openpyxl reads XML through defusedxml where that is installed."""
    from openpyxl import load_workbook

    _package(handle).close()
    handle.seek(0)
    workbook = load_workbook(handle, read_only=True, data_only=True)
    for sheet in workbook.worksheets[:MAXIMUM_SHEETS]:
        yield sheet.title
        sheet.reset_dimensions()
        for row in sheet.iter_rows(values_only=True):
            if cells := [str(value) for value in row if value not in {None, ""}]:
                yield " ".join(cells)


def read_text(handle: IO[bytes]) -> Iterator[str]:
    """Plain text and tables: UTF-8, or what an older Windows wrote."""
    content = handle.read()
    if b"\0" in content:
        raise Unreadable(Reason.BROKEN)
    try:
        yield content.decode("utf-8-sig")
    except UnicodeDecodeError:
        yield content.decode("cp1252", "replace")


def _package(handle: IO[bytes]) -> zipfile.ZipFile:
    """A zip that does not unpack into something enormous: what a part declares is also the most that is ever read."""
    if handle.read(len(OLE_MAGIC)) == OLE_MAGIC:
        raise Unreadable(Reason.ENCRYPTED)
    handle.seek(0)
    package = zipfile.ZipFile(handle)
    entries = package.infolist()
    if len(entries) > MAXIMUM_ENTRIES or sum(entry.file_size for entry in entries) > MAXIMUM_UNPACKED_BYTES:
        raise Unreadable(Reason.TOO_LARGE)
    if any(e.file_size > RATIO_FROM_BYTES and e.file_size > MAXIMUM_RATIO * e.compress_size for e in entries):
        raise Unreadable(Reason.TOO_LARGE)
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable(Reason.ENCRYPTED)
    return package


def _paragraphs(package: zipfile.ZipFile, name: str) -> Iterator[str]:
    """The paragraphs of a part, each emptied once it is read; no document type, so no entities."""
    from defusedxml.ElementTree import iterparse

    with package.open(name) as part:
        for _event, element in iterparse(part, events=("end",), forbid_dtd=True):
            tag = str(element.tag).rpartition("}")[2]
            if tag in BREAKS:
                element.text = " "
            elif tag in PARAGRAPHS:
                text = "".join(element.itertext()).strip()
                element.clear()
                if text:
                    yield text


READERS = {
    "pdf": read_pdf,
    "docx": read_docx,
    "pptx": read_pptx,
    "xlsx": read_xlsx,
    **dict.fromkeys(("odt", "ods", "odp"), read_open_document),
    **dict.fromkeys(("csv", "txt"), read_text),
}

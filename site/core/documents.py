"""Documents that editors upload: refused when too large, broken or not what their name says."""

import zipfile
from collections.abc import Callable
from pathlib import PurePath
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm

PDF_MAGIC = b"%PDF-"
HEAD = 1024
MAX_UNPACKED_BYTES = 500 * 1024 * 1024
OFFICE_PARTS = {"docx": "word/", "pptx": "ppt/", "xlsx": "xl/"}
OPEN_DOCUMENT = {"odt": b"text", "ods": b"spreadsheet", "odp": b"presentation"}
MARKUP = (b"<html", b"<!doctype", b"<svg", b"<script", b"<?xml")


def _is_pdf(handle: IO[bytes], extension: str) -> bool:
    return PDF_MAGIC in handle.read(HEAD)


def _is_office(handle: IO[bytes], extension: str) -> bool:
    """A package with the part that this kind of file is about, and without macros."""
    with zipfile.ZipFile(handle) as package:
        names = package.namelist()
        return (
            "[Content_Types].xml" in names
            and any(name.startswith(OFFICE_PARTS[extension]) for name in names)
            and not any(name.lower().endswith("vbaproject.bin") for name in names)
            and sum(entry.file_size for entry in package.infolist()) <= MAX_UNPACKED_BYTES
        )


def _is_open_document(handle: IO[bytes], extension: str) -> bool:
    with zipfile.ZipFile(handle) as package:
        with package.open("mimetype") as part:
            kind = part.read(HEAD)
        return (
            kind.startswith(b"application/vnd.oasis.opendocument." + OPEN_DOCUMENT[extension])
            and sum(entry.file_size for entry in package.infolist()) <= MAX_UNPACKED_BYTES
        )


def _is_text(handle: IO[bytes], extension: str) -> bool:
    """No binary, and no markup that a browser might run."""
    head = handle.read(HEAD * 64)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return b"\0" not in head and not start.startswith(MARKUP)


CHECKS: dict[str, Callable[[IO[bytes], str], bool]] = {
    "pdf": _is_pdf,
    **dict.fromkeys(OFFICE_PARTS, _is_office),
    **dict.fromkeys(OPEN_DOCUMENT, _is_open_document),
    "csv": _is_text,
    "txt": _is_text,
}


def check_document(file: File[Any]) -> None:
    """Raises ValidationError with a word for the editor; leaves the file at its start."""
    extension = PurePath(file.name or "").suffix.lower().lstrip(".")
    if extension not in settings.WAGTAILDOCS_EXTENSIONS or extension not in CHECKS:
        allowed = ", ".join(settings.WAGTAILDOCS_EXTENSIONS)
        raise ValidationError(_("This kind of file is not accepted. Choose one of: %(kinds)s.") % {"kinds": allowed})
    if file.size > settings.DOCUMENT_MAX_UPLOAD_BYTES:
        limit = filesizeformat(settings.DOCUMENT_MAX_UPLOAD_BYTES)
        raise ValidationError(_("The file is larger than %(limit)s. Make it smaller or split it.") % {"limit": limit})
    if not file.size:
        raise ValidationError(_("The file is empty."))
    file.seek(0)
    try:
        sound = CHECKS[extension](file, extension)  # type: ignore[arg-type]
    except Exception:  # whatever a broken package raises deep inside, it is broken
        sound = False
    file.seek(0)
    if not sound:
        raise ValidationError(
            _("The content is no sound %(kind)s file, whatever its name says. Open it, save it again and upload that.")
            % {"kind": extension}
        )


class CheckedDocumentForm(BaseDocumentForm):
    """The form of every document upload: one, several at once, and from a chooser."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if "file" in self.changed_data and file:
            check_document(file)
        return file

    def full_clean(self) -> None:
        """One word about the file: the model, which never saw a refused file, would complain that it has no kind."""
        super().full_clean()
        if len(told := self.errors.get("file", [])) > 1:
            del told.data[1:]  # type: ignore[union-attr]

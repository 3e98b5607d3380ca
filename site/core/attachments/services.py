"""Keeping the text of a document in step with its file."""

import hashlib
import logging

from django.db import transaction
from django.utils import timezone
from wagtail.documents import get_document_model

from core.attachments.extraction import Extraction, extract
from core.attachments.models import DocumentText, Status
from core.attachments.reasons import Reason

logger = logging.getLogger(__name__)


@transaction.atomic
def note_file(document_id: int, file_name: str) -> bool:
    """Note that a document has this file; a file it did not have before makes the text wait. True when it waits now.

    The text of the file before goes at once: it may have been replaced because of what was in it.
    """
    row, created = DocumentText.objects.get_or_create(document_id=document_id, defaults={"file_name": file_name})
    if created or row.file_name == file_name:
        return created
    row.status, row.reason, row.text, row.content_hash, row.extracted_at = Status.WAITING, "", "", "", None
    row.file_name = file_name
    row.save()
    return True


def extract_document(document_id: int, *, again: bool = False) -> DocumentText | None:
    """Read a document's file where its text waits, or in any case with `again`. Safe to repeat.

    None where the document is gone. Reading takes seconds, so no lock is held meanwhile: what was read of a file that
    was replaced in the meantime is thrown away.
    """
    document = get_document_model().objects.filter(pk=document_id).first()
    if document is None:
        return None
    note_file(document_id, document.file.name)
    row = DocumentText.objects.get(document_id=document_id)
    if row.status != Status.WAITING and not again:
        return row
    found, digest = _read(document)
    with transaction.atomic():
        row = DocumentText.objects.select_for_update().filter(document_id=document_id).first()  # type: ignore[assignment]
        if row is None or row.file_name != document.file.name:
            return row
        row.status = Status.NOT_SEARCHABLE if found.reason else Status.SEARCHABLE
        row.reason, row.text, row.content_hash = found.reason or "", found.text, digest
        row.extracted_at = timezone.now()
        row.save()
    return row


def _read(document: object) -> tuple[Extraction, str]:
    file = document.file  # type: ignore[attr-defined]
    try:
        with file.storage.open(file.name, "rb") as handle:
            digest = hashlib.file_digest(handle, "sha256").hexdigest()
            handle.seek(0)
            return extract(handle, file.name.rpartition(".")[2].lower(), file.storage.size(file.name)), digest
    except OSError as error:
        logger.warning("The file of document %s cannot be opened: %s", file.name, error)
        return Extraction(reason=Reason.BROKEN), ""

"""The text of a document, beside the document: taken out after upload, searched, never shown whole."""

from typing import ClassVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model_string

from core.attachments.reasons import Reason


class Status(models.TextChoices):
    WAITING = "waiting", _("waiting")
    SEARCHABLE = "searchable", _("searchable")
    NOT_SEARCHABLE = "not_searchable", _("not searchable")


REASONS: dict[str, Promise] = {
    Reason.ENCRYPTED.value: _("The file is locked with a password. Upload it without one."),
    Reason.BROKEN.value: _("The file cannot be read. Open it, save it again and upload that."),
    Reason.SCANNED.value: _(
        "The pages are pictures of text. Make the text recognisable (OCR) and upload the file again."
    ),
    Reason.TOO_LARGE.value: _("The file is too large or unpacks into too much. Split it, or leave out pictures."),
    Reason.TIMEOUT.value: _("Reading the file took too long. Split it, or save it as a plain PDF."),
    Reason.UNSUPPORTED.value: _("The text of this kind of file cannot be read. Save it as PDF."),
    Reason.EMPTY.value: _("There is no text in the file."),
}


class DocumentText(models.Model):
    """One row for every document; `reason` says why a document is not searchable."""

    document = models.OneToOneField(
        get_document_model_string(), on_delete=models.CASCADE, primary_key=True, related_name="extracted"
    )
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.WAITING, db_index=True)
    reason = models.CharField(_("reason"), max_length=20, blank=True, choices=list(REASONS.items()))
    text = models.TextField(_("text"), blank=True)
    file_name = models.CharField(_("file"), max_length=255, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)
    extracted_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore: ClassVar[bool] = True  # a part of the document, not a use of it

    class Meta:
        verbose_name = _("text of a document")
        verbose_name_plural = _("texts of documents")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(status=Status.NOT_SEARCHABLE) ^ models.Q(reason=""),
                name="document_text_has_a_reason_when_not_searchable",
            ),
            models.CheckConstraint(
                condition=models.Q(status=Status.SEARCHABLE) | models.Q(text=""),
                name="document_text_only_when_searchable",
            ),
        ]

    def __str__(self) -> str:
        return str(self.document)

    @property
    def is_searchable(self) -> bool:
        return self.status == Status.SEARCHABLE

    @property
    def is_waiting(self) -> bool:
        return self.status == Status.WAITING

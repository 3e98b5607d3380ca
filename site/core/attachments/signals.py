"""A document that is saved with another file is read again, after commit."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_save
from wagtail.documents import get_document_model

from core.attachments.services import note_file


def document_saved(sender: type[Model], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    from core.attachments.tasks import extract_text

    if not raw and note_file(instance.pk, instance.file.name):
        transaction.on_commit(partial(extract_text.enqueue, instance.pk), robust=True)


def connect() -> None:
    """Called once, when the app is ready."""
    post_save.connect(document_saved, sender=get_document_model(), dispatch_uid="document_text_follows_its_file")

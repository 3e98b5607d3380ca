"""Background work on attachments."""

from django_tasks import task

from core.attachments.services import extract_document


@task()
def extract_text(document_id: int) -> None:
    """Take the text out of a document where it waits. Can run twice without harm."""
    extract_document(document_id)

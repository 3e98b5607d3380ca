"""A document keeps its text beside it, whatever happens to its file."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils.html import escape
from wagtail.documents import get_document_model
from wagtail.models import ReferenceIndex

from core.attachments import services
from core.attachments.extraction import Extraction
from core.attachments.models import DocumentText, Status
from core.attachments.services import extract_document
from core.references import users_of
from tests.conftest import Cast
from tests.core import files
from tests.factories import make_document

pytestmark = pytest.mark.django_db
Commit = Callable[..., Any]


def state(document: Any) -> tuple[str, str]:
    row = DocumentText.objects.get(document=document)
    return row.status, row.reason


def test_a_new_document_waits_and_is_read_after_commit(django_capture_on_commit_callbacks: Commit) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        document = make_document(files.pdf("Weerbaarheid."))
        assert state(document) == (Status.WAITING, "")
    row = DocumentText.objects.get(document=document)
    assert (row.status, row.text) == (Status.SEARCHABLE, "Weerbaarheid.")
    assert row.extracted_at is not None
    assert len(row.content_hash) == 64


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", files.encrypted_pdf(), "encrypted"),
        ("a.pdf", files.scanned_pdf(), "scanned"),
        ("a.pdf", b"%PDF-1.7\nrommel", "broken"),
        ("a.odt", files.zip_bomb(), "too_large"),
        ("a.odt", files.open_document(content=files.BILLION_LAUGHS), "broken"),
    ],
)
def test_an_upload_that_cannot_be_read_is_kept_and_flagged(
    cast: Cast, django_capture_on_commit_callbacks: Commit, name: str, content: bytes, reason: str
) -> None:
    form = {"title": "Bestand", "file": SimpleUploadedFile(name, content), "collection": "1"}
    with django_capture_on_commit_callbacks(execute=True):
        response = cast.client("editor").post(reverse("wagtaildocs:add"), form)
    assert response.status_code == 302
    document = get_document_model().objects.get()
    assert state(document) == (Status.NOT_SEARCHABLE, reason)
    page = cast.client("editor").get(reverse("wagtaildocs:edit", args=[document.pk])).content.decode()
    assert escape(document.extracted.get_reason_display()) in page
    report = cast.client("editor").get(reverse("unsearchable_documents")).content.decode()
    assert "Bestand" in report


def test_the_reports_are_closed_to_strangers(cast: Cast) -> None:
    assert cast.client("anonymous").get(reverse("unsearchable_documents")).status_code == 302
    assert cast.client("practitioner").get(reverse("unsearchable_documents")).status_code in {302, 403}


def test_a_title_in_the_export_is_no_formula(cast: Cast) -> None:
    make_document(files.pdf(), title="=1+1")
    response = cast.client("editor").get(reverse("unsearchable_documents") + "?export=csv")
    assert b"\r\n'=1+1," in b"".join(response.streaming_content)


def test_a_document_that_is_searchable_says_so(cast: Cast, django_capture_on_commit_callbacks: Commit) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        document = make_document(files.pdf("Weerbaarheid."), title="Leesbaar stuk")
    client = cast.client("editor")
    assert client.get(reverse("wagtaildocs:edit", args=[document.pk])).status_code == 200
    assert "Leesbaar stuk" not in client.get(reverse("unsearchable_documents")).content.decode()


def test_another_file_is_read_again_and_the_old_text_goes_at_once(django_capture_on_commit_callbacks: Commit) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        document = make_document(files.pdf("Oude woorden."))
    with django_capture_on_commit_callbacks(execute=True):
        document.file.save("nieuw.pdf", ContentFile(files.pdf("Nieuwe woorden.")), save=True)
        assert DocumentText.objects.get().text == ""
    assert DocumentText.objects.get().text == "Nieuwe woorden."


def test_the_same_file_is_not_read_twice(
    django_capture_on_commit_callbacks: Commit, monkeypatch: pytest.MonkeyPatch
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        document = make_document(files.pdf("Woorden."))
    monkeypatch.setattr(services, "extract", lambda *args: pytest.fail("read again"))
    with django_capture_on_commit_callbacks(execute=True):
        document.title = "Andere titel"
        document.save()
    extract_document(document.pk)


def test_text_of_a_file_that_was_replaced_meanwhile_is_thrown_away(monkeypatch: pytest.MonkeyPatch) -> None:
    document = make_document(files.pdf("Oude woorden."))

    def read_slowly(file: Any, kind: str, size: int) -> Extraction:
        document.file.save("nieuw.pdf", ContentFile(files.pdf("Nieuw.")), save=True)
        return Extraction("Oude woorden.")

    monkeypatch.setattr(services, "extract", read_slowly)
    extract_document(document.pk)
    assert state(document) == (Status.WAITING, "")


def test_a_file_that_is_gone_and_a_document_that_is_gone_break_nothing() -> None:
    document = make_document(files.pdf())
    document.file.storage.delete(document.file.name)
    extract_document(document.pk)
    assert state(document) == (Status.NOT_SEARCHABLE, "broken")
    pk = document.pk
    document.delete()
    assert extract_document(pk) is None
    assert not DocumentText.objects.exists()


def test_the_text_is_no_use_of_the_document() -> None:
    document = make_document(files.pdf())
    extract_document(document.pk)
    ReferenceIndex.create_or_update_for_object(DocumentText.objects.get())
    assert users_of(document) == []
    assert not document.get_usage()


def test_the_command_reads_what_waits_and_with_all_everything() -> None:
    waiting = make_document(files.pdf("Een."))
    unknown = make_document(b"platte tekst", "twee.txt")
    DocumentText.objects.filter(document=unknown).delete()  # uploaded before there were texts
    done = make_document(b"drie", "drie.txt")
    extract_document(done.pk)
    DocumentText.objects.filter(document=done).update(text="verouderd")
    out = io.StringIO()
    call_command("extract_documents", stdout=out)
    assert "2 of 2" in out.getvalue()
    assert [DocumentText.objects.get(document=d).text for d in (waiting, unknown, done)] == [
        "Een.", "platte tekst", "verouderd",
    ]  # fmt: skip
    call_command("extract_documents", "--all", stdout=out)
    assert DocumentText.objects.get(document=done).text == "drie"

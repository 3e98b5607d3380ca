"""The text of uploaded files, taken out by the worker as the site starts it."""

import io
import time
from typing import Any

import pytest

from core.attachments import extraction
from core.attachments.extraction import Extraction, cleaned, extract
from core.attachments.reasons import Reason
from tests.core import files


def text_of(content: bytes, kind: str) -> Extraction:
    return extract(io.BytesIO(content), kind, len(content))


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (files.pdf("Weerbaarheid groeit traag."), "pdf", ["Weerbaarheid groeit traag."]),
        (files.docx("Een koffiegesprek."), "docx", ["Kop van het stuk", "Een koffiegesprek.", "tabelcel", "voetregel"]),
        (files.pptx("Een buurtfeest."), "pptx", ["Dia 1", "Een buurtfeest.", "spreeknotitie"]),
        (files.xlsx("Kosten van de zaal"), "xlsx", ["Begroting", "Kosten van de zaal 2026 12.5", "tweede blad"]),
        (
            files.open_document("Een straathoekwerker."),
            "odt",
            ["Kop", "Een halfwoord na tab.", "Een straathoekwerker."],
        ),
        (files.open_document("Cel", kind="spreadsheet"), "ods", ["Cel"]),
        (files.open_document("Dia", kind="presentation"), "odp", ["Dia"]),
        ("naam;plaats\nÉén;Gent".encode(), "csv", ["naam;plaats", "Één;Gent"]),
        ("één café".encode("cp1252"), "txt", ["één café"]),
    ],
)
def test_the_words_of_every_kind_of_file_are_found(content: bytes, kind: str, words: list[str]) -> None:
    found = text_of(content, kind)
    assert found.reason is None
    for word in words:
        assert word in found.text


def test_slides_come_in_the_order_of_the_talk() -> None:
    lines = text_of(files.pptx("slot"), "pptx").text.splitlines()
    assert [line for line in lines if line.startswith("Dia")][-3:] == ["Dia 9", "Dia 10", "Dia 11"]


@pytest.mark.parametrize(
    ("content", "kind", "reason"),
    [
        (files.encrypted_pdf(), "pdf", Reason.ENCRYPTED),
        (files.scanned_pdf(), "pdf", Reason.SCANNED),
        (files.pdf(" "), "pdf", Reason.EMPTY),
        (files.pdf()[:400], "pdf", Reason.BROKEN),
        (b"%PDF-1.7\nrommel", "pdf", Reason.BROKEN),
        (files.docx("woord"), "pdf", Reason.BROKEN),
        (files.pdf(), "docx", Reason.BROKEN),
        (files.xlsx("woord"), "docx", Reason.BROKEN),
        (files.docx("woord"), "pptx", Reason.BROKEN),
        (files.docx("woord"), "xlsx", Reason.BROKEN),
        (files.docx("woord")[:-300], "docx", Reason.BROKEN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "docx", Reason.ENCRYPTED),
        (files.open_document("x", manifest="<m:encryption-data/>"), "odt", Reason.ENCRYPTED),
        (files.open_document(content="<geen xml"), "odt", Reason.BROKEN),
        (files.open_document(content=files.BILLION_LAUGHS), "odt", Reason.BROKEN),
        (files.open_document(content=files.EXTERNAL_ENTITY), "odt", Reason.BROKEN),
        (files.zip_bomb(), "odt", Reason.TOO_LARGE),
        (files.many_small_bombs(), "docx", Reason.TOO_LARGE),
        (b"\x00\x01", "txt", Reason.BROKEN),
        (b"MZ", "exe", Reason.UNSUPPORTED),
        (b"", "txt", Reason.EMPTY),
    ],
)
def test_what_cannot_be_read_says_why(content: bytes, kind: str, reason: Reason) -> None:
    assert text_of(content, kind) == Extraction(reason=reason)


def test_a_pdf_that_is_only_closed_against_changes_is_read() -> None:
    assert "Geheime woorden." in text_of(files.encrypted_pdf(password=""), "pdf").text


def test_a_file_above_the_limit_is_not_even_opened(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ATTACHMENT_MAX_BYTES = 10
    monkeypatch.setattr(extraction, "_run", lambda *args: pytest.fail("the worker was started"))
    assert text_of(files.pdf(), "pdf").reason is Reason.TOO_LARGE


def test_a_long_text_is_cut(settings: Any) -> None:
    settings.ATTACHMENT_CHARACTERS = 1000
    assert len(text_of(b"woord " * 100_000, "txt").text) <= 1000


def test_a_worker_that_hangs_is_stopped(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ATTACHMENT_SECONDS = 1
    monkeypatch.setattr(extraction, "GRACE", 0)
    monkeypatch.setattr(extraction, "WORKER", "tests.core.stub_worker")
    monkeypatch.setattr(extraction, "SOURCE_ROOT", extraction.SOURCE_ROOT.parent)
    started = time.monotonic()
    assert text_of(b"slaap", "sleep").reason is Reason.TIMEOUT
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("stub", "reason"),
    [("spin", Reason.TIMEOUT), ("crash", Reason.BROKEN), ("nonsense", Reason.BROKEN), ("flood", Reason.BROKEN)],
)
def test_a_worker_that_misbehaves_is_not_believed(
    settings: Any, monkeypatch: pytest.MonkeyPatch, stub: str, reason: Reason
) -> None:
    settings.ATTACHMENT_SECONDS = 1
    monkeypatch.setattr(extraction, "WORKER", "tests.core.stub_worker")
    monkeypatch.setattr(extraction, "SOURCE_ROOT", f"{extraction.SOURCE_ROOT.parent}:{extraction.SOURCE_ROOT}")
    assert text_of(b"", stub).reason is reason


def test_a_file_that_takes_too_much_memory_is_given_up(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.ATTACHMENT_MEGABYTES = 150
    monkeypatch.setattr(extraction, "WORKER", "tests.core.stub_worker")
    monkeypatch.setattr(extraction, "SOURCE_ROOT", f"{extraction.SOURCE_ROOT.parent}:{extraction.SOURCE_ROOT}")
    assert text_of(b"", "memory").reason is Reason.TOO_LARGE


def test_the_worker_sees_nothing_of_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "sleutel")
    monkeypatch.setattr(extraction, "WORKER", "tests.core.stub_worker")
    monkeypatch.setattr(extraction, "SOURCE_ROOT", f"{extraction.SOURCE_ROOT.parent}:{extraction.SOURCE_ROOT}")
    found = text_of(b"", "environment").text
    assert "PYTHONPATH" in found
    assert "SECRET" not in found
    assert "django" not in text_of(b"", "modules").text.split()


def test_words_that_a_line_broke_off_are_put_together() -> None:
    assert cleaned("radicali-\nsering in LIVC-\nR\x00\ud800 en\xad  zo\n\n voort") == (
        "radicalisering in LIVC-\nR en zo\nvoort"
    )

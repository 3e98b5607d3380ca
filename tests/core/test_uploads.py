import contextlib
import io
import zipfile
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex

from core.documents import CHECKS, check_document
from tests.conftest import Cast
from tests.factories import make_document, make_practice

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def package(*names: str, mimetype: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


SOUND = [
    ("a.pdf", b"%PDF-1.7\nrest"),
    ("a.docx", package("[Content_Types].xml", "word/document.xml")),
    ("a.xlsx", package("[Content_Types].xml", "xl/workbook.xml")),
    ("a.odt", package("content.xml", mimetype="application/vnd.oasis.opendocument.text")),
    ("a.txt", "Gewone tekst met é.".encode()),
    ("a.csv", b"a;b\n1;2\n"),
]
WRONG = [
    ("a.pdf", b"<html><script>alert(1)</script></html>"),
    ("a.pdf", b""),
    ("a.docx", b"PK\x03\x04 rommel"),
    ("a.docx", package("[Content_Types].xml", "xl/workbook.xml")),
    ("a.docx", package("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
    ("a.odt", package("content.xml")),
    ("a.txt", b"<html><body>hallo</body></html>"),
    ("a.txt", b"\x00\x01"),
    ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ("a.html", b"<html></html>"),
    ("a.exe", b"MZ"),
    ("a", b"%PDF-1.7"),
]


def upload(cast: Cast, name: str, content: bytes, url_name: str = "wagtaildocs:add") -> Any:
    file = SimpleUploadedFile(name, content)
    return cast.client("editor").post(reverse(url_name), {"title": "Bestand", "file": file, "collection": "1"})


@pytest.mark.parametrize(("name", "content"), SOUND)
def test_a_sound_document_is_accepted(cast: Cast, name: str, content: bytes) -> None:
    assert upload(cast, name, content).status_code == 302
    assert get_document_model().objects.exists()


@pytest.mark.parametrize(("name", "content"), WRONG)
def test_a_document_that_is_not_what_it_says_is_refused_with_a_word(cast: Cast, name: str, content: bytes) -> None:
    response = upload(cast, name, content)
    assert response.status_code == 200
    assert response.context["form"].errors["file"]
    files = {"title": "Bestand", "files[]": SimpleUploadedFile(name, content), "collection": "1"}
    response = cast.client("editor").post(
        reverse("wagtaildocs:add_multiple"), files, headers={"x-requested-with": "XMLHttpRequest"}
    )
    assert response.status_code == 200
    assert response.json()["success"] is False
    assert not get_document_model().objects.exists()


def test_a_document_that_is_too_large_is_refused(cast: Cast, settings: Any) -> None:
    settings.DOCUMENT_MAX_UPLOAD_BYTES = 20
    assert upload(cast, "a.pdf", b"%PDF-1.7" + b"x" * 40).context["form"].errors["file"]


@given(st.binary(max_size=300), st.sampled_from(sorted(CHECKS)), st.sampled_from([b"", b"PK\x03\x04", b"%PDF-"]))
def test_no_bytes_break_the_check(content: bytes, extension: str, start: bytes) -> None:
    with contextlib.suppress(ValidationError):
        check_document(SimpleUploadedFile(f"a.{extension}", start + content))


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.svg", "a.html"])
@pytest.mark.parametrize("content", [b"", b"<svg onload='alert(1)'/>", b"\xff\xd8\xff\xe0rommel"])
def test_an_image_that_is_none_is_refused(cast: Cast, name: str, content: bytes) -> None:
    response = upload(cast, name, content, "wagtailimages:add")
    assert response.status_code == 200
    assert response.context["form"].errors["file"]
    assert not get_image_model().objects.exists()


@pytest.mark.parametrize(("name", "content"), SOUND)
def test_a_document_is_never_guessed_at_by_the_browser(cast: Cast, name: str, content: bytes) -> None:
    document = make_document(content, name)
    response = cast.client("anonymous").get(document.url)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("inline" if name.endswith("pdf") else "attachment")


def test_a_document_in_use_stays_and_the_editor_hears_where(cast: Cast) -> None:
    from practices.models import PracticeMaterial

    document = make_document()
    practice = make_practice(title="Praktijk met bijlage")
    PracticeMaterial.objects.create(practice=practice, document=document)
    free = make_document(name="vrij.pdf")
    client = cast.client("admin")
    for url in (
        reverse("wagtaildocs:delete", args=[document.pk]),
        f"/beheer/bulk/wagtaildocs/document/delete/?id={document.pk}&id={free.pk}&next=/beheer/",
    ):
        assert client.get(url).status_code == 200
        assert client.post(url).status_code in {302, 403}
    assert get_document_model().objects.count() == 2
    assert client.post(reverse("wagtaildocs:delete", args=[free.pk])).status_code == 302
    assert get_document_model().objects.get() == document


def test_a_document_linked_in_running_text_stays(cast: Cast) -> None:
    document = make_document()
    practice = make_practice(title="Met een link", problem=f'<p><a linktype="document" id="{document.pk}">stuk</a></p>')
    ReferenceIndex.create_or_update_for_object(practice)
    client = cast.client("admin")
    url = reverse("wagtaildocs:delete", args=[document.pk])
    response = client.post(url)
    assert "Met een link" in " ".join(str(message) for message in get_messages(response.wsgi_request))
    assert get_document_model().objects.filter(pk=document.pk).exists()


def test_a_whole_picture_is_accepted_and_half_of_it_is_not(cast: Cast) -> None:
    from PIL import Image

    out = io.BytesIO()
    Image.effect_noise((200, 200), 60).convert("RGB").save(out, "JPEG")
    whole = out.getvalue()
    assert upload(cast, "half.jpg", whole[: len(whole) // 2], "wagtailimages:add").context["form"].errors["file"]
    assert upload(cast, "heel.jpg", whole, "wagtailimages:add").status_code == 302
    assert get_image_model().objects.get().width == 200


def test_a_refused_document_gets_one_word_about_its_content(cast: Cast) -> None:
    response = upload(cast, "verslag.pdf", b"MZ\x90")
    errors = response.context["form"].errors["file"]
    assert len(errors) == 1
    assert "pdf" in errors[0]

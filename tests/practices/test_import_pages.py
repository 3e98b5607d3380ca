import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from practices.models import ImportUpload, PracticePage
from practices.spreadsheet.layout import COLUMNS
from tests.conftest import Cast
from tests.factories import make_concept, make_practice

pytestmark = pytest.mark.django_db

UPLOAD = "practice_import:upload"


def post(cast: Cast, role: str, content: bytes, name: str = "praktijken.csv") -> Any:
    return cast.client(role).post(reverse(UPLOAD), {"file": SimpleUploadedFile(name, content)})


def test_upload_check_and_confirm(cast: Cast) -> None:
    response = post(cast, "editor", b"title;summary\nEerste;Kort\nTweede;Ook kort\n")
    kept = ImportUpload.objects.get()
    assert response.url == reverse("practice_import:review", args=[kept.token])
    review = cast.client("editor").get(response.url)
    assert review.status_code == 200
    assert review.context["plan"].created == 2
    assert not PracticePage.objects.exists()
    done = cast.client("editor").post(reverse("practice_import:confirm", args=[kept.token]))
    assert done.status_code == 302
    assert PracticePage.objects.count() == 2
    assert not PracticePage.objects.live().exists()
    assert not ImportUpload.objects.exists()
    assert cast.client("editor").post(reverse("practice_import:confirm", args=[kept.token])).status_code == 404


def test_a_faulty_file_shows_row_and_column_and_cannot_be_confirmed(cast: Cast) -> None:
    response = post(cast, "editor", b"title;themes\nEerste;Bestaat niet\n")
    page = cast.client("editor").get(response.url)
    assert page.status_code == 422
    fault = page.context["plan"].faults[0]
    assert (fault.row, fault.column) == (2, next(c.label for c in COLUMNS if c.name == "themes"))
    assert "Bestaat niet" in page.content.decode()
    token = ImportUpload.objects.get().token
    assert cast.client("editor").post(reverse("practice_import:confirm", args=[token])).status_code == 422
    assert not PracticePage.objects.exists()


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.exe"])
@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"PK\x03\x04", "Café".encode("latin-1")])
def test_a_broken_file_is_refused_on_the_form(cast: Cast, name: str, content: bytes) -> None:
    response = post(cast, "editor", content, name)
    assert response.status_code == 200
    assert response.context["form"].errors["file"]
    assert not ImportUpload.objects.exists()


def test_another_editor_cannot_see_or_confirm_an_upload(cast: Cast) -> None:
    post(cast, "editor", b"title\nEerste\n")
    token = ImportUpload.objects.get().token
    assert cast.client("moderator").get(reverse("practice_import:review", args=[token])).status_code == 404
    assert cast.client("moderator").post(reverse("practice_import:confirm", args=[token])).status_code == 404


@pytest.mark.parametrize(
    ("role", "status"), [("anonymous", 302), ("practitioner", 302), ("editor", 200), ("moderator", 200), ("admin", 200)]
)
@pytest.mark.parametrize("name", ["upload", "template"])
def test_only_those_who_may_add_practices_import_them(cast: Cast, role: str, status: int, name: str) -> None:
    assert cast.client(role).get(reverse(f"practice_import:{name}")).status_code == status


def test_confirming_asks_for_post(cast: Cast) -> None:
    post(cast, "editor", b"title\nEerste\n")
    token = ImportUpload.objects.get().token
    assert cast.client("editor").get(reverse("practice_import:confirm", args=[token])).status_code == 405


def test_a_moderator_may_publish_at_once(cast: Cast) -> None:
    from practices.spreadsheet.exporter import export_csv

    make_concept("Jongeren", "target_group", slug="jongeren")
    practice = make_practice(live=False, title="Klaar")
    content = export_csv([practice], internal=True).replace(b"Jongeren en politie", b"Ouders en politie")
    post(cast, "moderator", content)
    token = ImportUpload.objects.get().token
    cast.client("moderator").post(reverse("practice_import:confirm", args=[token]), {"publish": "on"})
    practice = PracticePage.objects.get(pk=practice.pk)
    assert practice.live
    assert practice.summary.startswith("Ouders")


def test_the_template_is_a_workbook(cast: Cast) -> None:
    import openpyxl

    response = cast.client("editor").get(reverse("practice_import:template"))
    assert "attachment" in response.headers["Content-Disposition"]
    assert openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]["B1"].value

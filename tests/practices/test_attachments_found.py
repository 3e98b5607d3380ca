"""What stands in the attachments of a practice is found by whoever may open them, and by nobody else."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote_plus

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils.html import escape
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from core.attachments.services import extract_document
from practices.models import PracticeMaterial, PracticePage
from search.models import OutboxEntry
from search.outbox import drain_all
from tests.conftest import Cast
from tests.factories import Tree, make_document, make_practice
from tests.practices.conftest import reindex

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
Commit = Callable[..., Any]
RARE = "zwaluwstaart"


@pytest.fixture
def practice(index: None, tree: Tree) -> PracticePage:
    practice = make_practice(title="Buurtsport")
    document = make_document(f"Neem een {RARE} mee naar de zaal.".encode(), "lijst.txt", title="Paklijst")
    extract_document(document.pk)
    practice.materials = [PracticeMaterial(document=document)]
    practice.save()
    reindex()
    return practice


def document_of(practice: PracticePage) -> Any:
    document = practice.materials.get().document
    document.refresh_from_db()
    return document


def make_collection(name: str = "Besloten", parent: Collection | None = None) -> Collection:
    return (parent or Collection.get_first_root_node()).add_child(name=name)


def close(collection: Collection) -> None:
    restriction = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.create(name="Weinigen"))


def outputs(cast: Cast, role: str = "anonymous") -> str:
    """Everything that five searches answer, without what the reader typed herself."""
    drain_all()
    texts = []
    for query in (RARE, RARE[:-2], f'"{RARE}"', "zwaluwstart", "paklijst"):
        page = cast.client(role).get("/praktijken/", {"q": query}).content.decode()
        for typed in (quote_plus(query), escape(query)):
            page = page.replace(typed, "")
        texts.append(page)
    return " ".join(texts)


def test_a_word_of_an_attachment_finds_the_practice_and_says_where(cast: Cast, practice: PracticePage) -> None:
    response = cast.client("anonymous").get(f"/praktijken/?q={RARE}")
    hit = response.context["listing"].hits[0]
    assert hit.attachment == "Paklijst"
    assert f"<mark>{RARE}</mark>" in hit.snippet_html
    assert "Paklijst" in response.content.decode()


def test_a_word_of_the_page_itself_names_no_attachment(cast: Cast, practice: PracticePage) -> None:
    response = cast.client("anonymous").get(f"/praktijken/?q=Buurtsport+{RARE}")
    assert response.context["listing"].hits[0].attachment is None


def to_closed_collection(cast: Cast, practice: PracticePage) -> None:
    collection = make_collection()
    close(collection)
    document = document_of(practice)
    document.collection = collection
    document.save()


def closing_its_collection(cast: Cast, practice: PracticePage) -> None:
    to_open_collection(practice)
    close(document_of(practice).collection)


def moving_its_collection(cast: Cast, practice: PracticePage) -> None:
    closed = make_collection()
    close(closed)
    to_open_collection(practice)
    collection = document_of(practice).collection
    response = cast.client("admin").post(
        reverse("wagtailadmin_collections:edit", args=[collection.pk]), {"name": "Open", "parent": closed.pk}
    )
    assert response.status_code == 302


def moving_it_from_the_list(cast: Cast, practice: PracticePage) -> None:
    closed = make_collection()
    close(closed)
    url = f"/beheer/bulk/wagtaildocs/document/add_to_collection/?id={document_of(practice).pk}&next=/beheer/"
    assert cast.client("admin").post(url, {"collection": closed.pk}).status_code == 302


def to_open_collection(practice: PracticePage) -> None:
    document = document_of(practice)
    document.collection = make_collection("Open")
    document.save()


@pytest.mark.parametrize(
    "shut", [to_closed_collection, closing_its_collection, moving_its_collection, moving_it_from_the_list]
)
def test_neither_words_nor_title_of_a_private_document_are_ever_found(
    cast: Cast,
    practice: PracticePage,
    shut: Callable[[Cast, PracticePage], None],
    django_capture_on_commit_callbacks: Commit,
) -> None:
    assert "Buurtsport" in outputs(cast)
    with django_capture_on_commit_callbacks(execute=True):
        shut(cast, practice)
    for role in ("anonymous", "practitioner"):
        found = outputs(cast, role)
        assert "Buurtsport" not in found
        assert "Paklijst" not in found
        assert RARE not in found


def test_opening_the_collection_again_makes_it_found(
    cast: Cast, practice: PracticePage, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        closing_its_collection(cast, practice)
    with django_capture_on_commit_callbacks(execute=True):
        CollectionViewRestriction.objects.get().delete()
    drain_all()
    assert cast.client("anonymous").get(f"/praktijken/?q={RARE}").context["listing"].total == 1


def test_an_attachment_of_a_closed_practice_stays_closed(
    cast: Cast, practice: PracticePage, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        PageViewRestriction.objects.create(page=practice, restriction_type=PageViewRestriction.LOGIN)
    assert RARE not in outputs(cast)
    response = cast.client("practitioner").get(f"/praktijken/?q={RARE}")
    assert response.context["listing"].hits[0].attachment == "Paklijst"


def test_another_file_reaches_the_index(
    cast: Cast, practice: PracticePage, django_capture_on_commit_callbacks: Commit
) -> None:
    document = document_of(practice)
    with django_capture_on_commit_callbacks(execute=True):
        document.file.save("nieuw.txt", ContentFile(b"Neem een vliegenmepper mee."), save=True)
        assert OutboxEntry.objects.filter(document_id=f"practice:{practice.pk}").exists()
    drain_all()  # within a test there is no commit between the two
    client = cast.client("anonymous")
    assert client.get("/praktijken/?q=vliegenmepper").context["listing"].total == 1
    assert client.get(f"/praktijken/?q={RARE}&letterlijk=1").context["listing"].total == 0


def test_another_title_reaches_the_index(
    cast: Cast, practice: PracticePage, django_capture_on_commit_callbacks: Commit
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        document = document_of(practice)
        document.title = "Meeneemlijst"
        document.save()
    response = cast.client("anonymous").get(f"/praktijken/?q={RARE}")
    assert response.context["listing"].hits[0].attachment == "Meeneemlijst"

"""A document in a private collection is neither linked nor named to whoever may not open it."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import Collection, CollectionViewRestriction

from practices.models import PracticeMaterial, PracticePage
from practices.pdf.data import pdf_data
from tests.conftest import Cast
from tests.factories import Tree, let_into_livc, make_document, make_practice

pytestmark = pytest.mark.django_db
SECRET = "Geheim draaiboek"


@pytest.fixture
def practice(tree: Tree, cast: Cast) -> PracticePage:
    """A public practice with a public material, and a closed document as material and as download."""
    group = Group.objects.create(name="LIVC-R")
    let_into_livc(cast.practitioner)
    collection = Collection.get_first_root_node().add_child(name="LIVC-R")
    restriction = CollectionViewRestriction.objects.create(collection=collection, restriction_type="groups")
    restriction.groups.add(group)
    closed = make_document(title=SECRET, name="geheim.pdf", collection=collection)
    practice = make_practice(
        approach=[("text", "<p>Eerst praten.</p>"), ("download", {"document": closed, "title": ""})]
    )
    for at, document in enumerate([make_document(title="Open verslag"), closed]):
        PracticeMaterial.objects.create(practice=practice, document=document, sort_order=at)
    return PracticePage.objects.get(pk=practice.pk)


def test_a_visitor_sees_the_open_document_only(practice: PracticePage, cast: Cast) -> None:
    body = cast.client("anonymous").get(practice.url).content.decode()
    assert "Open verslag" in body
    assert "Eerst praten." in body
    assert SECRET not in body
    assert "geheim.pdf" not in body


def test_who_may_open_it_finds_it_as_material_and_as_download(practice: PracticePage, cast: Cast) -> None:
    assert cast.client("practitioner").get(practice.url).content.decode().count(SECRET) == 2


def test_the_pdf_names_only_what_everybody_may_open(practice: PracticePage) -> None:
    text = str(pdf_data(practice, url="http://testserver/praktijken/x/", site_title="Ankerplaats").as_dict())
    assert "Open verslag" in text
    assert SECRET not in text

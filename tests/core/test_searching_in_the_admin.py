"""What an editor types in a search box of the admin is words: no sign in it breaks a list or a chooser."""

import pytest
from django.urls import reverse

from tests.conftest import Cast
from tests.factories import make_document, make_organisation

pytestmark = pytest.mark.django_db

AWKWARD = ['"', 'a"b c', "'", "* OR", "( NEAR", "\\", "%", "\0"]
BOXES = [
    "wagtailadmin_choose_page_search",
    "wagtaildocs_chooser:choose_results",
    "wagtailimages_chooser:choose_results",
    "wagtaildocs:index_results",
    "wagtailimages:index_results",
    "municipality_chooser:choose_results",
]


@pytest.mark.parametrize("words", AWKWARD)
@pytest.mark.parametrize("name", BOXES)
def test_no_words_break_a_list_or_chooser(cast: Cast, name: str, words: str) -> None:
    refused = "\0" in words  # no text: the whole site answers 400 (tests/core/test_nonsense.py)
    assert cast.client("editor").get(reverse(name), {"q": words}).status_code == (400 if refused else 200)


def test_a_document_is_found_by_part_of_a_word_with_a_stray_quotation_mark(cast: Cast) -> None:
    make_document(title="Draaiboek dialoog")
    response = cast.client("editor").get(reverse("wagtaildocs_chooser:choose_results"), {"q": 'draai"'})
    assert "Draaiboek dialoog" in response.content.decode()


@pytest.mark.parametrize(
    "path", ["/beheer/snippets/choose/people/organisation/results/", "/beheer/municipality_chooser/results/"]
)
def test_the_choosers_find_municipalities_that_were_loaded_in_bulk(cast: Cast, path: str) -> None:
    mechelen = make_organisation("Mechelen")
    type(mechelen).objects.bulk_create([type(mechelen)(name="Maasmechelen", kind="municipality", nis_code="73107")])
    text = cast.client("editor").get(path, {"q": "mech"}).content.decode()
    assert "Mechelen" in text
    assert "Maasmechelen" in text
    assert "Maasmechelen" not in cast.client("editor").get(path, {"q": "gent"}).content.decode()

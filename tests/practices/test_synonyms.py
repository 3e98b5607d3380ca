"""What the editors' vocabulary calls the same, a search finds: at once, without a rebuild."""

import pytest
from django.test import Client

from taxonomy.models import Concept, Scheme
from taxonomy.thesaurus import Thesaurus
from tests.factories import Tree, make_concept, make_practice
from tests.practices.conftest import reindex

pytestmark = pytest.mark.django_db


@pytest.fixture
def library(index: None, tree: Tree) -> str:
    make_practice(title="Begeleiding van de LIVC-R")
    make_practice(title="Huisbezoeken", summary="Wie uit Syrië terugkeert, krijgt bezoek.")
    reindex()
    return tree.index.url


def titles(client: Client, url: str, words: str) -> list[str]:
    listing = client.get(url, {"q": words, "literal": "1"}).context["listing"]
    return [hit.result.title for hit in listing.hits]


def test_a_term_works_from_the_moment_it_is_saved_until_it_goes(client: Client, library: str) -> None:
    assert titles(client, library, "veiligheidscel") == []
    term = make_concept("veiligheidscel", Scheme.GLOSSARY, abbreviation="LIVC-R")
    assert titles(client, library, "veiligheidscellen") == ["Begeleiding van de LIVC-R"]
    Concept.objects.filter(pk=term.pk).update(abbreviation="", other_labels=["huisbezoek"])
    assert titles(client, library, "veiligheidscel") == ["Huisbezoeken"]
    term.delete()
    assert titles(client, library, "veiligheidscel") == []


def test_retired_and_merged_terms_keep_finding(client: Client, library: str) -> None:
    heir = make_concept("veiligheidscel", Scheme.GLOSSARY, other_labels=["LIVC-R"])
    make_concept("oude naam", Scheme.GLOSSARY, merged_into=heir, retired=True)
    make_concept("thuisgesprek", Scheme.METHOD, retired=True, other_labels=["huisbezoek"])
    assert titles(client, library, "oude naam") == ["Begeleiding van de LIVC-R"]
    assert titles(client, library, "thuisgesprek") == ["Huisbezoeken"]


def test_a_ring_of_mergers_ends(db: None) -> None:
    first, second = make_concept("een"), make_concept("twee")
    Concept.objects.filter(pk=first.pk).update(merged_into=second)
    Concept.objects.filter(pk=second.pk).update(merged_into=first)
    assert Thesaurus.load().groups == ()

"""The terms and municipalities of practices, read together."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from practices import concepts
from practices.cards import visible_cards
from practices.concepts import CARD_ROLES, PLACES, TAGS, card_terms_of, terms_of
from tests.factories import make_concept, make_organisation, make_practice

pytestmark = pytest.mark.django_db


def test_municipalities_stand_in_the_editors_order_and_terms_in_that_of_the_alphabet() -> None:
    towns = [make_organisation(name) for name in ("Gent", "Aalst", "Mol")]
    practice = make_practice(ran_in=towns, themes=[make_concept("sport"), make_concept("Chat"), make_concept("online")])

    terms = terms_of([practice.pk])[practice.pk]

    assert [place.label for place in terms[PLACES]] == ["Gent", "Aalst", "Mol"]
    assert [term.label for term in terms["themes"]] == ["Chat", "online", "sport"]
    assert terms[TAGS] == []


def test_a_term_made_after_the_vocabulary_was_read_is_found_all_the_same(monkeypatch) -> None:
    concept = make_concept("sport")
    practice = make_practice(themes=[concept])
    monkeypatch.setattr(concepts, "concepts", dict)

    (found,) = terms_of([practice.pk])[practice.pk]["themes"]

    assert (found.pk, found.label, found.url) == (concept.pk, "sport", f"/begrippen/{concept.slug}/")


@pytest.mark.django_db(transaction=True)
def test_a_term_that_gets_another_name_has_it_at_once() -> None:
    concept = make_concept("sport")
    practice = make_practice(themes=[concept])
    assert [term.label for term in terms_of([practice.pk])[practice.pk]["themes"]] == ["sport"]

    concept.label = "beweging"
    concept.save()

    assert [term.label for term in terms_of([practice.pk])[practice.pk]["themes"]] == ["beweging"]


def test_a_term_that_is_gone_meanwhile_breaks_nothing(monkeypatch) -> None:
    practice = make_practice(themes=[make_concept("sport")])
    monkeypatch.setattr(concepts, "concepts", dict)
    monkeypatch.setattr(concepts, "_concepts_now", dict)

    assert terms_of([practice.pk])[practice.pk]["themes"] == []


def test_a_list_reads_of_each_practice_what_its_card_shows(django_assert_num_queries: Any) -> None:
    sectors = [make_concept("sport", scheme="sector"), make_concept("onderwijs", scheme="sector")]
    places = [make_organisation(name="Zand"), make_organisation(name="Anker")]
    practice = make_practice(sectors=sectors, ran_in=places, themes=[make_concept("spel")], tags=["bal"])
    bare = make_practice()
    full = terms_of([practice.pk, bare.pk])
    with django_assert_num_queries(2):  # one is the vocabulary
        short = card_terms_of([practice.pk, bare.pk])
    assert short == {pk: {role: full[pk][role] for role in CARD_ROLES} for pk in (practice.pk, bare.pk)}
    assert [term.label for term in short[practice.pk]["sectors"]] == ["onderwijs", "sport"]
    assert [term.label for term in short[practice.pk][PLACES]] == ["Zand", "Anker"]  # the editor's order
    (card,) = visible_cards([practice.pk], AnonymousUser()).values()
    assert (card.sectors, card.named_places) == (["onderwijs", "sport"], ["Zand", "Anker"])

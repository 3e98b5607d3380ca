"""The pages of the vocabulary and of the municipalities count and show only what the reader may see."""

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction

from tests.factories import make_concept, make_organisation, make_practice

pytestmark = pytest.mark.django_db


def close(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def test_terms_stand_by_scheme_with_the_number_of_practices(client, tree):
    theme, sector = make_concept("Dialoog"), make_concept("Onderwijs", "sector")
    make_practice(themes=[theme], sectors=[sector])
    make_practice(themes=[theme])

    schemes = {group.code: group for group in client.get(reverse("concepts")).context["schemes"]}

    assert [(entry.concept, entry.count) for entry in schemes["theme"].letters[0][1]] == [(theme, 2)]
    assert schemes["sector"].letters[0][1][0].count == 1


def test_a_long_scheme_is_cut_by_letter(client, tree):
    for label in ("Aanpak", "armoede", "Bemiddeling", *(f"Coaching {n}" for n in range(12))):
        make_concept(label)

    [group] = client.get(reverse("concepts")).context["schemes"]

    assert [letter for letter, _entries in group.letters] == ["A", "B", "C"]


def test_a_practice_that_carries_a_term_twice_counts_once(client, tree):
    group = make_concept("Ouders", "target_group")
    make_practice(target_groups_final=[group], target_groups_intermediate=[group])

    response = client.get(group.get_absolute_url())

    assert response.context["practice_count"] == len(response.context["cards"]) == 1


def test_retired_and_merged_terms_are_not_listed(client, tree):
    heir = make_concept("Dialoog")
    make_concept("Oud", retired=True)
    make_concept("Gesprek", merged_into=heir)

    html = client.get(reverse("concepts")).content.decode()

    assert "Dialoog" in html and "Gesprek" not in html and ">Oud<" not in html


def test_a_term_shows_its_meaning_and_its_neighbours(client, tree):
    broader = make_concept("Gesprek")
    term = make_concept(
        "Dialoog",
        definition="Een gesprek.",
        source="Woordenboek",
        abbreviation="DLG",
        broader=broader,
        other_labels=["praten"],
    )
    narrower, related = make_concept("Socratisch gesprek", broader=term), make_concept("Debat")
    term.related.add(related)

    html = client.get(term.get_absolute_url()).content.decode()

    for expected in (
        "Een gesprek.",
        "Woordenboek",
        "DLG",
        "praten",
        *(c.get_absolute_url() for c in (broader, narrower, related)),
    ):
        assert expected in html


def test_practices_of_a_term_are_those_the_reader_may_see(cast):
    term = make_concept("Dialoog")
    close(make_practice(title="Besloten praktijk", themes=[term]))
    make_practice(title="Concept", themes=[term], live=False)

    assert cast.client("anonymous").get(term.get_absolute_url()).context["practice_count"] == 0
    assert cast.client("practitioner").get(term.get_absolute_url()).context["practice_count"] == 1
    counts = cast.client("anonymous").get(reverse("concepts")).context["schemes"][0].letters[0][1]
    assert [entry.count for entry in counts] == [0]


def test_a_merged_term_leads_to_its_heir_for_ever(client, tree):
    heir = make_concept("Dialoog")
    middle = make_concept("Gesprek", merged_into=heir)
    first = make_concept("Praatje", merged_into=middle)

    response = client.get(first.get_absolute_url())

    assert (response.status_code, response["Location"]) == (301, heir.get_absolute_url())


def test_a_retired_term_still_answers_and_says_so(client, tree):
    term = make_concept("Oud", retired=True)
    make_practice(themes=[term])

    response = client.get(term.get_absolute_url())

    assert response.status_code == 200
    assert response.context["practice_count"] == 1
    assert "notice--warning" in response.content.decode()


def test_an_unknown_term_answers_404(client, tree):
    assert client.get("/begrippen/bestaat-niet/").status_code == 404


def test_the_vocabulary_takes_few_queries(client, tree, django_assert_max_num_queries):
    for n in range(30):
        make_concept(f"Begrip nummer {n}")
    client.get(reverse("concepts"))

    with django_assert_max_num_queries(10):
        client.get(reverse("concepts"))


# Municipalities


def test_municipalities_stand_by_province_with_their_practices(client, tree):
    gent = make_organisation("Gent", province="oost-vlaanderen", nis_code="44021")
    genk = make_organisation("Genk", province="limburg", nis_code="71016")
    make_organisation("Leeg")
    practice = make_practice(title="Praten", ran_in=[gent, genk])

    response = client.get(reverse("practice_municipalities"))

    assert [group["label"] for group in response.context["provinces"]] == ["Limburg", "Oost-Vlaanderen"]
    html = response.content.decode()
    assert html.count(f'href="{practice.url}"') == 2
    assert f"{tree.index.url}?gemeente=44021" in html
    assert "Leeg" not in html


def test_municipalities_hide_what_the_reader_may_not_see(cast):
    gent = make_organisation("Gent", province="oost-vlaanderen")
    close(make_practice(title="Besloten praktijk", ran_in=[gent]))
    make_practice(title="Concept", live=False, ran_in=[gent])

    url = reverse("practice_municipalities")

    assert cast.client("anonymous").get(url).context["provinces"] == []
    [group] = cast.client("practitioner").get(url).context["provinces"]
    assert [page.title for page in group["rows"][0]["practices"]] == ["Besloten praktijk"]


def test_municipalities_take_few_queries(client, tree, django_assert_max_num_queries):
    for n in range(10):
        make_practice(ran_in=[make_organisation(f"Gemeente {n}")])
    client.get(reverse("practice_municipalities"))

    with django_assert_max_num_queries(10):
        client.get(reverse("practice_municipalities"))

"""A page asks the database a bounded number of questions, however much it shows."""

import pytest
from django.test import Client
from django.urls import reverse

from core.models import Menu, MenuItem, SiteSettings
from practices.models import (
    PracticeMaterial,
    PracticeReference,
    PracticeSource,
    RelatedPractice,
)
from tests.factories import make_concept, make_document, make_organisation, make_practice
from tests.practices.conftest import reindex

pytestmark = pytest.mark.django_db

PRACTICE, HOME = 12, 12


@pytest.fixture
def newcomer():
    """A visitor without cookies, in a process that served a page before: it knows content types and site roots."""

    def arrive() -> Client:
        Client().get("/praktijken/bestaat-niet/")
        Client().get("/")
        return Client()

    return arrive


@pytest.fixture
def menus(tree):
    """Menus as on the real site: they are part of the cost of every page."""
    chrome, _created = SiteSettings.objects.get_or_create(site=tree.site)
    chrome.menu_items = [
        MenuItem(menu=Menu.MAIN, page=tree.index),
        MenuItem(menu=Menu.MAIN, page=tree.home),
        MenuItem(menu=Menu.FOOTER, column="Over", page=tree.index),
        MenuItem(menu=Menu.FOOTER, column="Over", url="/begrippen/"),
    ]
    chrome.save()


def full_practice(**overrides):
    """A practice in which every list is filled."""
    terms = {
        "themes": [make_concept() for _ in range(3)],
        "target_groups_final": [make_concept(scheme="target_group") for _ in range(3)],
        "target_groups_intermediate": [make_concept(scheme="target_group")],
        "sectors": [make_concept(scheme="sector") for _ in range(2)],
        "forms": [make_concept(scheme="extremism_form")],
        "livc_phases": [make_concept(scheme="livc_phase")],
        "methods": [make_concept(scheme="method") for _ in range(2)],
    }
    practice = make_practice(
        **terms,
        ran_in=[make_organisation() for _ in range(4)],
        tags=["buurt", "jeugd"],
        contact_organisation=make_organisation(kind="vvsg"),
        **overrides,
    )
    practice.sources = [PracticeSource(title=f"Bron {n}") for n in range(3)]
    practice.references = [PracticeReference(title=f"Onderzoek {n}") for n in range(2)]
    practice.materials = [PracticeMaterial(document=make_document(title=f"Document {n}")) for n in range(3)]
    practice.related_links = [RelatedPractice(related=make_practice(ran_in=[make_organisation()])) for _ in range(3)]
    practice.save()
    return practice


@pytest.mark.django_db(transaction=True)  # within a transaction nothing is remembered for a generation
def test_a_practice_with_everything_in_it(newcomer, index, menus, django_assert_max_num_queries):
    telling = "Moedergroepen bespreken opvoeding in het buurthuis."
    practice = full_practice(summary=telling)
    for number in range(8):
        make_practice(summary=telling if number < 2 else "Iets anders.", ran_in=[make_organisation()])
    reindex()
    client = newcomer()

    with django_assert_max_num_queries(PRACTICE):
        response = client.get(practice.url)

    assert [len(response.context[beside]) for beside in ("related", "similar")] == [3, 2]


def test_home(newcomer, index, menus, django_assert_max_num_queries):
    for _ in range(8):
        make_practice(ran_in=[make_organisation(latitude=51.05, longitude=3.72)])
    client = newcomer()

    with django_assert_max_num_queries(HOME):
        assert client.get("/").status_code == 200


def test_the_pdf_once_it_is_kept(newcomer, index, menus, django_assert_max_num_queries):
    url = reverse("practice_pdf", args=[full_practice().slug])
    client = newcomer()
    client.get(url)

    with django_assert_max_num_queries(5):
        assert client.get(url).status_code == 200

"""The map shows where practices ran, and only practices that the reader may see."""

import pytest
from django.contrib.auth.models import AnonymousUser
from wagtail.models import PageViewRestriction

from home.map import HEIGHT, WIDTH, map_of_practices, project
from people.models import Organisation
from people.municipalities import load_municipalities
from tests.factories import make_organisation, make_practice

pytestmark = pytest.mark.django_db


@pytest.fixture
def gent(tree):
    load_municipalities()
    return Organisation.objects.get(name="Gent")


def test_all_municipalities_are_dots_within_the_drawing(gent):
    drawing = map_of_practices(AnonymousUser())

    assert len(drawing.outline_dots) == 285
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in drawing.outline_dots)
    assert drawing.towns == ()


def test_the_sea_is_left_and_the_maas_is_right():
    ostend, maaseik = project(51.22, 2.92), project(51.10, 5.79)
    hoogstraten, halle = project(51.40, 4.76), project(50.73, 4.23)

    assert ostend[0] < halle[0] < hoogstraten[0] < maaseik[0]
    assert hoogstraten[1] < halle[1]


def test_a_town_counts_its_practices_and_links_to_the_filtered_listing(gent, tree):
    for level in ("secondary", "secondary", "primary"):
        make_practice(ran_in=[gent], main_level=level, **{f"level_{level}": True})

    [town] = map_of_practices(AnonymousUser()).towns

    assert (town.name, town.count, town.size, town.level) == ("Gent", 3, 2, "secondary")
    assert town.url == f"{tree.index.url}?gemeente=44021"


def test_drafts_do_not_count(gent):
    make_practice(ran_in=[gent], live=False)

    assert map_of_practices(AnonymousUser()).towns == ()


def test_a_restricted_practice_counts_only_for_who_may_see_it(gent, cast):
    practice = make_practice(ran_in=[gent])
    PageViewRestriction.objects.create(page=practice, restriction_type=PageViewRestriction.LOGIN)

    assert map_of_practices(AnonymousUser()).towns == ()
    assert map_of_practices(cast.practitioner).municipality_count == 1


def test_a_practice_of_a_merged_municipality_counts_for_its_successor(gent):
    old = make_organisation("Oud-Gent", merged_into=gent, province="oost-vlaanderen")
    make_practice(ran_in=[old, gent])

    [town] = map_of_practices(AnonymousUser()).towns

    assert (town.name, town.count) == ("Gent", 1)


def test_provinces_count_a_practice_once(gent):
    aalst = Organisation.objects.get(name="Aalst")
    make_practice(ran_in=[gent, aalst])

    [province] = map_of_practices(AnonymousUser()).provinces

    assert (province.label, province.practice_count, province.municipality_count) == ("Oost-Vlaanderen", 1, 2)


def test_a_town_without_coordinates_is_left_out_of_the_drawing(tree):
    make_practice(ran_in=[make_organisation("Nergens")])

    drawing = map_of_practices(AnonymousUser())

    assert (drawing.towns, drawing.outline_dots) == ((), ())


def test_two_queries_for_a_visitor(gent, django_assert_max_num_queries):
    for _ in range(5):
        make_practice(ran_in=[gent])

    with django_assert_max_num_queries(2):
        map_of_practices(AnonymousUser(), listing_url="/praktijken/")

"""The Flemish municipalities are complete, lie in Flanders, and load again without doubling."""

import pytest
from django.core.management import call_command

from people.models import Organisation, Province
from people.municipalities import coordinates, flemish_municipalities, load_municipalities

pytestmark = pytest.mark.django_db

PER_PROVINCE = {"antwerpen", "limburg", "oost-vlaanderen", "vlaams-brabant", "west-vlaanderen"}
# A generous box around each province: a homonym elsewhere falls outside it.
BOXES = {
    Province.ANTWERPEN: (50.99, 51.52, 4.15, 5.28),
    Province.LIMBURG: (50.67, 51.30, 4.97, 5.93),
    Province.OOST_VLAANDEREN: (50.70, 51.31, 3.32, 4.35),
    Province.VLAAMS_BRABANT: (50.68, 51.07, 3.88, 5.20),
    Province.WEST_VLAANDEREN: (50.68, 51.38, 2.53, 3.52),
}


def test_there_are_285_with_a_nis_code_and_a_province():
    loaded = load_municipalities()

    municipalities = Organisation.objects.municipalities()
    assert loaded.created == municipalities.count() == 285
    assert municipalities.values("nis_code").distinct().count() == 285
    assert set(municipalities.values_list("province", flat=True)) == PER_PROVINCE


def test_loading_again_changes_nothing():
    load_municipalities()

    again = load_municipalities()

    assert (again.created, again.updated) == (0, 0)


def test_a_wrong_name_is_corrected_and_a_row_without_code_completed():
    Organisation.objects.create(name="Gent", kind="municipality")
    Organisation.objects.create(name="Mecheln", kind="municipality", nis_code="12025")

    loaded = load_municipalities()

    assert (loaded.created, loaded.updated) == (283, 2)
    assert Organisation.objects.get(name="Gent").nis_code == "44021"
    assert Organisation.objects.get(nis_code="12025").name == "Mechelen"


def test_a_municipality_that_merged_keeps_its_successor():
    load_municipalities()
    gent = Organisation.objects.get(nis_code="44021")
    old = Organisation.objects.create(name="Oud-Gent", kind="municipality", merged_into=gent)

    load_municipalities()

    old.refresh_from_db()
    assert old.merged_into == gent


def test_every_municipality_lies_in_its_province():
    assert len(coordinates()) == 285
    for row in flemish_municipalities():
        south, north, west, east = BOXES[row["province"]]
        assert south < row["latitude"] < north, row
        assert west < row["longitude"] < east, row


def test_no_two_municipalities_lie_on_one_point():
    assert len(set(coordinates().values())) == 285


def test_the_command_says_what_it_did(capsys):
    call_command("load_municipalities")

    assert "285 new" in capsys.readouterr().out

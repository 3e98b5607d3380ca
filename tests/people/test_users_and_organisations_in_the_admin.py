import pytest
from django.urls import reverse

from people.models import Organisation, User
from tests.conftest import Cast
from tests.factories import PASSWORD, make_organisation, make_practice

pytestmark = pytest.mark.django_db


def test_an_administrator_makes_and_changes_a_user_by_e_mail_address(cast: Cast) -> None:
    client = cast.client("admin")
    url = reverse("wagtailusers_users:add")
    assert client.get(url).status_code == 200
    data = {
        "email": "Nieuw@Voorbeeld.be",
        "first_name": "Nele",
        "last_name": "Nieuw",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "is_active": "on",
    }
    response = client.post(url, data)
    assert response.status_code == 302, response.context["form"].errors
    user = User.objects.get(first_name="Nele")
    assert user.email == "nieuw@voorbeeld.be"
    edit = reverse("wagtailusers_users:edit", args=[user.pk])
    assert client.get(edit).status_code == 200
    assert client.post(edit, data | {"first_name": "Nelle", "password1": "", "password2": ""}).status_code == 302
    user.refresh_from_db()
    assert user.first_name == "Nelle"
    assert user.check_password(PASSWORD)
    assert client.get(reverse("wagtailusers_users:index")).status_code == 200
    assert client.get(reverse("wagtailusers_users:index") + "?q=nelle").status_code == 200


def test_the_same_address_in_capitals_is_the_same_user(cast: Cast) -> None:
    data = {
        "email": cast.editor.email.upper(),
        "first_name": "A",
        "last_name": "B",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    response = cast.client("admin").post(reverse("wagtailusers_users:add"), data)
    assert response.status_code == 200
    assert "email" in response.context["form"].errors


def test_a_steward_is_not_deleted_and_the_admin_hears_why(cast: Cast) -> None:
    make_practice(steward=cast.editor, title="Haar praktijk")
    client = cast.client("admin")
    response = client.post(reverse("wagtailusers_users:delete", args=[cast.editor.pk]))
    assert response.status_code == 422
    assert "Haar praktijk" in response.content.decode()
    bulk = f"/beheer/bulk/people/user/delete/?id={cast.editor.pk}&next=/beheer/"
    assert client.post(bulk).status_code in {302, 403}
    assert User.objects.filter(pk=cast.editor.pk).exists()


def test_the_municipality_chooser_offers_municipalities_of_today(cast: Cast) -> None:
    mechelen, zone = make_organisation("Mechelen"), make_organisation("Politiezone Rivierenland", "police_zone")
    gone = make_organisation("Kruibeke", merged_into=mechelen)
    html = cast.client("editor").get(reverse("municipality_chooser:choose")).content.decode()
    assert mechelen.name in html
    assert zone.name not in html
    assert gone.name not in html
    found = cast.client("editor").get(reverse("municipality_chooser:choose_results") + "?q=mech'%22")
    assert found.status_code == 200


def test_organisations_are_searched_filtered_and_counted(cast: Cast) -> None:
    town = make_organisation("Mechelen", province="antwerpen")
    make_organisation("Gent", province="oost-vlaanderen")
    make_practice(ran_in=[town])
    client = cast.client("editor")
    for query, names in (
        ("q=mech", {"Mechelen"}),
        ("province=oost-vlaanderen", {"Gent"}),
        ("kind=police_zone", set()),
        ("kind=onzin&province=x&q='\"", None),
    ):
        response = client.get(reverse("organisations:list") + "?" + query)
        assert response.status_code == 200
        if names is not None:
            assert {body.name for body in response.context["object_list"]} == names, query


def test_an_organisation_in_use_is_not_deleted(cast: Cast) -> None:
    town = make_organisation("Mechelen")
    make_practice(ran_in=[town], title="Praatcafé")
    client = cast.client("moderator")
    url = reverse("organisations:delete", args=[town.pk])
    assert "Praatcafé" in client.get(url).content.decode()
    assert client.post(url).status_code in {302, 403}
    assert Organisation.objects.filter(pk=town.pk).exists()

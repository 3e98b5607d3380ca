"""My data: everything that is held about a person, for herself and for nobody else."""

import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.urls import reverse

from core.mail.models import OutgoingMail
from people import personal_data
from people.models import AuditEntry, User
from people.services import leaving
from tests.factories import make_practice

pytestmark = pytest.mark.django_db


def leads_to_a_person():
    """Every field of every model that names a user, as app.Model.field; the models of tests aside."""
    for model in apps.get_models(include_auto_created=True):
        for found in model._meta.local_fields:
            if found.is_relation and found.related_model is User:
                yield f"{model._meta.app_label}.{model.__name__}.{found.name}"


def test_every_field_that_leads_to_a_person_is_covered():
    missing = set(leads_to_a_person()) - personal_data.covered()

    assert missing == set(), "Register a provider in people.personal_data, or explain() why it holds nothing about her."


def test_nothing_is_covered_that_does_not_exist():
    assert personal_data.covered() <= set(leads_to_a_person())


def test_the_walk_sees_a_field_that_nobody_covers(monkeypatch):
    """The control: without one provider the test above fails."""
    providers = {key: one for key, one in personal_data._providers.items() if key != "sessions"}
    monkeypatch.setattr(personal_data, "_providers", providers)

    assert "usersessions.UserSession.user" in set(leads_to_a_person()) - personal_data.covered()


@pytest.mark.parametrize("name", ["my_data", "my_data_file"])
def test_who_opens_it(cast, name):
    url = reverse(name)

    assert cast.client("anonymous").get(url).status_code == 302
    for role in ("practitioner", "editor", "admin"):
        assert cast.client(role).get(url).status_code == 200
    assert cast.client("practitioner").post(url).status_code == 405
    assert "no-store" in cast.client("practitioner").get(url)["Cache-Control"]


@pytest.fixture
def full(town, cast):
    """A member of whom something is held everywhere."""
    user = town.member.user
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    Authenticator.objects.create(user=user, type="totp", data={"secret": "GEHEIMESLEUTEL"})
    leaving.change_roles(membership=town.member, roles=["employee", "officer"], by=town.manager.user)
    page = make_practice(title="Haar praktijk", steward=user)
    page.save_revision(user=user)
    OutgoingMail.objects.create(to=user.email, subject="Onderwerp", body="met een geheime link")
    return user


def file_of(client):
    response = client.get(reverse("my_data_file"))
    assert response["Content-Disposition"].startswith('attachment; filename="mijn-gegevens-')
    return response.content.decode()


def test_the_file_holds_all_of_it(full, town):
    data = json.loads(file_of(town.client("member")))["data"]

    assert data["account"][0]["email"] == full.email
    assert data["email_addresses"][0]["confirmed"] is True
    assert data["memberships"][0]["organisation"] == "Mechelen"
    assert data["membership_history"]
    assert data["factors"][0]["kind"]
    assert data["stewardships"] == [{"title": "Haar praktijk", "kind": data["stewardships"][0]["kind"]}]
    assert data["revisions"][0]["title"] == "Haar praktijk"
    assert data["audit_log"]
    assert "Onderwerp" in [found["subject"] for found in data["mails_waiting"]]


def test_the_file_holds_no_secret_and_nobody_else(full, town):
    text = file_of(town.client("member"))

    assert full.password not in text
    assert "GEHEIMESLEUTEL" not in text
    assert "geheime link" not in text
    for other in (town.manager.user, town.stranger.user, town.keeper):
        assert other.email not in text
        assert other.get_full_name() not in text


def test_the_page_shows_what_the_file_holds(full, town):
    page = town.client("member").get(reverse("my_data")).content.decode()

    assert full.email in page
    assert "Haar praktijk" in page
    assert "GEHEIMESLEUTEL" not in page


def test_taking_it_along_is_a_line_of_the_audit_log(full, town):
    file_of(town.client("member"))

    assert AuditEntry.objects.filter(action="export", actor=full, details__address=reverse("my_data_file")).exists()


def test_my_page_leads_to_it(town):
    page = town.client("member").get(reverse("my_page")).content.decode()

    for name in ("usersessions_list", "mfa_index", "my_data", "delete_me"):
        assert reverse(name) in page

"""Beside the page of an expert VVSG keeps her private data, her people and her references."""

import pytest
from django.test import Client
from django.urls import reverse

from core import retention
from experts.models import ExpertAccount, ExpertPage, ExpertPrivate
from people import holdings, personal_data
from people.models import AuditEntry
from tests.experts.factories import acting_for, make_desk, make_expert
from tests.factories import make_organisation, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def expert(cast):
    return make_expert(title="Anna Anker", organisation=make_organisation("Havenhuis"))


@pytest.fixture
def desk(expert):
    client = Client()
    client.force_login(make_desk())
    return client


def address(expert):
    return reverse("expert_private", args=[expert.pk])


def test_who_opens_it(cast, expert, desk):
    own = Client()
    own.force_login(acting_for(expert))
    assert cast.client("anonymous").get(address(expert)).status_code == 302
    for client in (cast.client("practitioner"), cast.client("editor"), cast.client("moderator"), own):
        assert client.get(address(expert)).status_code in {302, 403}
        assert client.post(address(expert), {"step": "private", "mobile": "1"}).status_code in {302, 403}
    assert ExpertPrivate.objects.get(expert=expert).mobile == "0470 00 00 00"
    assert desk.get(address(expert)).status_code == 200
    assert desk.get(reverse("expert_private", args=[999999])).status_code == 404
    assert desk.delete(address(expert)).status_code == 405


def test_private_data_is_kept_here_and_in_no_revision(desk, expert):
    response = desk.post(
        address(expert), {"step": "private", "email": "", "mobile": "0499", "iban": "", "notes": "Belt liever niet"}
    )

    assert response.status_code == 302
    assert ExpertPrivate.objects.get(expert=expert).notes == "Belt liever niet"


def test_somebody_is_let_act_and_taken_away_with_a_line_in_the_log(desk, expert):
    user = make_user("nieuw@voorbeeld.be")
    assert desk.post(address(expert), {"step": "add", "account-email": "NIEUW@voorbeeld.be"}).status_code == 302
    account = ExpertAccount.objects.get(expert=expert, user=user)
    assert desk.post(address(expert), {"step": "remove", "account": account.pk}).status_code == 302
    assert desk.post(address(expert), {"step": "remove", "account": account.pk}).status_code == 302  # twice

    assert not ExpertAccount.objects.filter(user=user).exists()
    assert AuditEntry.objects.filter(subject_id=user.pk, object_id=str(expert.pk)).count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"step": "add", "account-email": "niemand@voorbeeld.be"},
        {"step": "private", "email": "geen adres"},
        {"step": "reference", "reference-what": ""},
        {"step": "iets"},
        {},
    ],
)
def test_what_is_wrong_comes_back(desk, expert, wrong):
    assert desk.post(address(expert), wrong).status_code == 422


def test_the_account_of_another_expert_is_not_taken_away(desk, expert):
    other = make_expert()
    desk.post(address(expert), {"step": "remove", "account": other.accounts.get().pk})

    assert other.accounts.count() == 1


def test_the_desk_enters_a_reference(desk, expert):
    fields = {"organisation": "Stad", "what": "Vorming", "when": "2025", "referee_name": "R", "referee_email": "r@x.be"}
    desk.post(address(expert), {"step": "reference", **{f"reference-{name}": value for name, value in fields.items()}})

    assert expert.references.get().asked_times == 1


def test_the_editors_form_opens_and_publishing_asks_for_a_level_and_an_offer(cast, expert):
    url = reverse("wagtailadmin_pages:edit", args=[expert.pk])
    page = cast.client("moderator").get(url)
    assert page.status_code == 200
    assert "achter-de-pagina" not in page.content.decode()
    assert "achter-de-pagina" in cast.client("admin").get(url).content.decode()

    form = page.context["form"]
    data = {"title": "Anna Anker", "slug": expert.slug, "summary": "Kort.", "kind": "person", "action-publish": "1"}
    data |= {f"{name}-{part}_FORMS": "0" for name in form.formsets for part in ("TOTAL", "INITIAL")}
    answer = cast.client("moderator").post(url, data)
    assert answer.context["form"].errors["level_primary"]
    assert answer.context["form"].non_field_errors()


def test_what_a_person_holds_is_shown_and_forgotten(expert):
    user = acting_for(expert)
    assert personal_data.as_data(user)["expert_accounts"][0]["mobile"] == "0470 00 00 00"
    personal_data.forget(user)

    assert not ExpertAccount.objects.filter(expert=expert).exists()
    assert ExpertPrivate.objects.get(expert=expert).mobile == ""


def test_the_last_who_acts_hands_over_and_a_merger_moves_the_organisation(expert):
    old, new = acting_for(expert), make_user()
    held = [one for one in holdings.held_by(old) if one.provider == "expert"]
    holdings.hand_over({new: held}, old=old, by=None)
    assert acting_for(expert) == new

    organisation = make_organisation("Haven Nieuw")
    for provider in holdings.providers():
        provider.move_organisation(expert.organisation, organisation, by=None)
    assert ExpertPage.objects.get(pk=expert.pk).organisation == organisation


def test_an_expert_without_anybody_is_reported(expert):
    expert.accounts.all().delete()

    assert "Anna Anker" in [one.title for one in holdings._providers["expert"].ownerless()]


def test_private_data_goes_a_year_after_the_pool(expert):
    from tests.experts.directory.test_references import ago

    ExpertPage.objects.filter(pk=expert.pk).update(pool_until=ago(366).date())
    retention.run(only=["expert_private"])

    assert ExpertPrivate.objects.get(expert=expert).mobile == ""

"""Deleting an account: what goes, what stays, and what keeps it from going."""

import datetime

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse

from people.models import AuditEntry, Invitation, Membership, MembershipEvent, User
from people.services.deleting import delete_account, obstacles
from people.services.errors import SuccessorNeededError
from people.views.data import _token
from tests.factories import PASSWORD, make_practice, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def mia(town):
    user = town.member.user
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def signed_in(mia):
    """Through the door, as a person does."""
    client = Client()
    client.post(reverse("account_login"), {"login": mia.email, "password": PASSWORD})
    return client


def confirm_password(client, next_url=""):
    return client.post(f"{reverse('account_reauthenticate')}?next={next_url}", {"password": PASSWORD})


# The steps


def test_only_somebody_signed_in_opens_the_pages(cast):
    for url in (reverse("delete_me"), reverse("delete_me_now", args=["x"])):
        assert cast.client("anonymous").get(url).status_code == 302
        assert cast.client("anonymous").post(url).status_code == 302
        assert cast.client("practitioner").put(url).status_code == 405


def test_it_asks_for_the_password_first(signed_in, mia):
    url = reverse("delete_me")
    response = signed_in.post(url, {"sure": "on"})

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_reauthenticate"))
    assert mail.outbox == []


def test_from_the_page_to_the_end(signed_in, mia, django_capture_on_commit_callbacks):
    url = reverse("delete_me")
    confirm_password(signed_in, url)
    with django_capture_on_commit_callbacks(execute=True):
        assert signed_in.post(url, {"sure": "on"}).status_code == 302
    assert User.objects.get(pk=mia.pk).deleted_at is None, "asking is not doing"
    link = next(line for line in mail.outbox[-1].body.splitlines() if "/mijn/verwijderen/" in line)
    path = link[link.index("/mijn/") :]
    assert signed_in.get(path).status_code == 200
    assert User.objects.get(pk=mia.pk).deleted_at is None, "reading is not doing"

    with django_capture_on_commit_callbacks(execute=True):
        response = signed_in.post(path)

    assert response.url == "/"
    assert User.objects.get(pk=mia.pk).deleted_at is not None
    assert mail.outbox[-1].to == ["mia@mechelen.example"]
    assert signed_in.get(reverse("my_page")).status_code == 302


def test_without_the_tick_no_mail_goes(signed_in):
    url = reverse("delete_me")
    confirm_password(signed_in, url)

    assert signed_in.post(url, {}).status_code == 422
    assert mail.outbox == []


def test_the_link_is_hers_alone(town, mia):
    url = reverse("delete_me_now", args=[_token(mia)])

    assert town.client("stranger").get(url).status_code == 404
    assert town.client("stranger").post(url).status_code == 404
    assert User.objects.get(pk=mia.pk).is_active


def test_the_link_dies_of_old_age(town, mia, monkeypatch):
    client, url = town.client("member"), reverse("delete_me_now", args=[_token(mia)])
    assert client.get(url).status_code == 200

    monkeypatch.setattr("people.views.data.LINK_WORKS", datetime.timedelta(seconds=-1))
    assert client.get(url).status_code == 404


def test_a_new_password_kills_the_link(town, mia):
    url = reverse("delete_me_now", args=[_token(mia)])
    mia.set_password("iets-heel-anders-en-lang")
    mia.save()
    client = Client()
    client.force_login(mia)

    assert client.get(url).status_code == 404


# What keeps it from going


def test_a_steward_names_a_successor_first(town, mia):
    make_practice(title="Haar praktijk", steward=mia)

    with pytest.raises(SuccessorNeededError):
        delete_account(user=mia, by=mia)
    page = town.client("member").get(reverse("delete_me")).content.decode()
    assert "Haar praktijk" in page
    assert "<form class=" not in page
    assert town.client("member").post(reverse("delete_me_now", args=[_token(mia)])).url == reverse("delete_me")
    assert User.objects.get(pk=mia.pk).is_active


def test_the_last_manager_makes_another_first(town):
    (obstacle,) = obstacles(town.manager.user)

    assert obstacle.url == reverse("members_of", args=[town.organisation.pk])
    with pytest.raises(SuccessorNeededError):
        delete_account(user=town.manager.user, by=town.manager.user)


def test_the_last_administrator_stays(cast):
    with pytest.raises(SuccessorNeededError):
        delete_account(user=cast.admin, by=cast.admin)
    make_user("tweede@voorbeeld.be", is_superuser=True)

    assert delete_account(user=cast.admin, by=cast.admin).deleted_at is not None


# What goes and what stays


@pytest.fixture
def gone(town, mia):
    """Mia after it, of whom something was held everywhere."""
    mia.groups.add(Group.objects.create(name="Proef"))
    Authenticator.objects.create(user=mia, type="totp", data={"secret": "x"})
    SocialAccount.objects.create(user=mia, provider="acmidm", uid="abc")
    UserSession.objects.create(user=mia, ip="192.0.2.1", session_key="k", user_agent="Firefox")
    Invitation.objects.create(organisation=town.other, email=mia.email, token_hash="h", invited_by=town.manager.user)
    EmailAddress.objects.create(user=mia, email="mia@thuis.example", verified=True)
    Invitation.objects.create(
        organisation=town.organisation, email="mia@thuis.example", token_hash="i", invited_by=town.manager.user
    )
    page = make_practice(title="Blijft", live=True)
    page.owner = mia
    page.save()
    page.save_revision(user=mia)
    return delete_account(user=mia, by=mia)


def test_her_name_and_address_are_nowhere_in_the_account(gone):
    stored = User.objects.get(pk=gone.pk)

    assert (stored.first_name, stored.last_name, stored.last_login) == ("", "", None)
    assert stored.email.endswith("@verwijderd.invalid")
    assert not stored.has_usable_password()
    assert not stored.is_active
    assert "Mia" not in str(stored)
    assert "@" not in str(stored)


def test_all_that_was_hers_is_deleted(gone):
    for model in (EmailAddress, Authenticator, SocialAccount, UserSession):
        assert not model.objects.filter(user=gone).exists()
    assert not gone.groups.exists()
    assert not Invitation.objects.filter(email__contains="mia").exists()


def test_her_memberships_end_and_their_history_stays_without_her_name(gone):
    assert not Membership.objects.active().filter(user=gone).exists()
    events = MembershipEvent.objects.filter(membership__user=gone)
    assert events.exists()
    assert "Mia" not in str([*events.values_list("old", "new", "why")])


def test_texts_stay(gone):
    from practices.models import PracticePage

    page = PracticePage.objects.get(title="Blijft")
    assert page.live
    assert page.owner == gone
    assert page.latest_revision.user == gone


def test_the_audit_log_says_that_it_happened_and_to_whom_no_more(gone):
    line = AuditEntry.objects.get(action="account.deleted")

    assert line.subject == gone
    assert "Mia" not in str(line.subject)


def test_the_address_is_free_again(gone):
    assert make_user("mia@mechelen.example").pk != gone.pk


def test_doing_it_again_changes_nothing(gone):
    assert delete_account(user=gone, by=None).deleted_at == gone.deleted_at


def test_every_session_ends(town, mia):
    client = town.client("member")
    assert client.get(reverse("my_page")).status_code == 200

    delete_account(user=mia, by=mia)

    assert client.get(reverse("my_page")).status_code == 302


# In the admin


def test_an_administrator_deletes_in_the_same_way(cast, mia):
    url = reverse("wagtailusers_users:delete", args=[mia.pk])
    assert cast.client("admin").get(url).status_code == 200

    assert cast.client("admin").post(url).status_code == 302
    assert User.objects.get(pk=mia.pk).deleted_at is not None


def test_an_administrator_cannot_delete_a_steward(cast, mia):
    make_practice(title="Haar praktijk", steward=mia)
    response = cast.client("admin").post(reverse("wagtailusers_users:delete", args=[mia.pk]))

    assert "Haar praktijk" in response.content.decode()
    assert User.objects.get(pk=mia.pk).is_active


def test_several_at_once_are_refused(cast, mia):
    url = reverse("wagtail_bulk_action", args=["people", "user", "delete"]) + f"?id={mia.pk}"

    assert cast.client("admin").post(url).status_code == 302
    assert User.objects.get(pk=mia.pk).deleted_at is None


@pytest.mark.parametrize("role", ["practitioner", "editor", "moderator"])
def test_nobody_else_deletes_users(cast, mia, role):
    cast.client(role).post(reverse("wagtailusers_users:delete", args=[mia.pk]))

    assert User.objects.get(pk=mia.pk).deleted_at is None

"""The link of an invitation: with an account, without one, as somebody else, too late, twice."""

import datetime
import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from people.models import Invitation, Membership, User
from people.services import inviting
from people.services.errors import InvitationError
from tests.factories import PASSWORD, confirm_address, make_user
from tests.people.conftest import Town

pytestmark = pytest.mark.django_db
LINK = re.compile(r"http://[^/\s]+(/uitnodiging/\S+)")
EMAIL = "gast@voorbeeld.be"


@pytest.fixture
def link(town: Town, django_capture_on_commit_callbacks) -> str:
    with django_capture_on_commit_callbacks(execute=True):
        inviting.invite(organisation=town.organisation, emails=[EMAIL], roles=["officer"], by=town.manager.user)
    found = LINK.search(mail.outbox[-1].body)
    assert found
    mail.outbox.clear()
    return found.group(1)


def guest(email: str = EMAIL) -> tuple[User, Client]:
    user, client = make_user(email), Client()
    confirm_address(user)
    client.force_login(user)
    return user, client


def test_no_token_is_stored(link):
    token = link.rstrip("/").rpartition("/")[2]
    row = Invitation.objects.get()
    assert token not in {str(value) for value in vars(row).values()}


def test_reading_changes_nothing_and_accepting_makes_a_member(link, town):
    user, client = guest()
    assert client.get(link).status_code == 200
    assert not user.memberships.exists()
    assert client.post(link).status_code == 302
    membership = Membership.objects.get(user=user)
    assert membership.is_active
    assert (membership.origin, [role.value for role in membership.roles]) == ("invitation", ["officer"])
    assert set(user.groups.values_list("name", flat=True)) == {"Professionals"}
    assert client.post(link).status_code == 410


def test_without_an_account_the_link_leads_to_one_with_the_address_proven(link, town):
    client = Client()
    assert client.get(link).status_code == 200
    response = client.post(link, {"signup": "1"})
    page = client.get(response.url)
    assert page.context["form"].fields["email"].disabled
    assert gettext(
        "Use the e-mail address of your organisation. We mail you a code to check that it is yours."
    ) not in (page.content.decode())
    data = {"first_name": "Gast", "last_name": "Nieuw", "email": "iemand@anders.be", "password1": PASSWORD}
    response = client.post(response.url, {**data, "password2": PASSWORD, "next": link})
    assert (response.status_code, response.url) == (302, link)
    user = User.objects.get(email=EMAIL)
    assert EmailAddress.objects.get(user=user).verified
    assert str(user) == "Gast Nieuw"
    assert client.post(link).status_code == 302
    assert user.memberships.get().is_active


def test_an_address_that_has_an_account_gets_the_same_page(link):
    before = Client().get(link).content.decode()
    confirm_address(make_user(EMAIL))
    after = Client().get(link).content.decode()
    strip = re.compile(r'(csrfmiddlewaretoken" value=")[^"]+')
    assert strip.sub(r"\1", before) == strip.sub(r"\1", after)


def test_somebody_else_hears_so_and_can_switch(link, town):
    user, client = guest("ander@voorbeeld.be")
    assert client.post(link).status_code == 200
    assert not user.memberships.exists()
    response = client.post(link, {"switch": "1"})
    assert response.url == link
    assert "_auth_user_id" not in client.session


def test_an_unconfirmed_address_is_not_enough(link):
    user, client = make_user(EMAIL), Client()
    EmailAddress.objects.create(user=user, email=EMAIL, verified=False)
    client.force_login(user)
    client.post(link)
    assert not user.memberships.exists()


@pytest.mark.parametrize(("change", "status"), [("revoked", 410), ("expired", 410), ("unknown", 404)])
def test_a_link_that_does_not_work_says_so(link, change, status):
    now = timezone.now()
    if change == "revoked":
        Invitation.objects.update(revoked_at=now)
    if change == "expired":
        Invitation.objects.update(expires_at=now - datetime.timedelta(seconds=1))
    user, client = guest()
    address = "/uitnodiging/bestaat-niet/" if change == "unknown" else link
    for response in (client.get(address), client.post(address), Client().get(address)):
        assert response.status_code == status
    assert not user.memberships.exists()


def test_sending_again_makes_the_old_link_useless(link, town, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        town.client("manager").post(reverse("invitation_resend", args=[Invitation.objects.get().pk]))
    assert Client().get(link).status_code == 404
    assert Client().get(LINK.search(mail.outbox[-1].body).group(1)).status_code == 200


def test_who_left_comes_back_by_invitation(link, town):
    user, client = guest()
    Membership.objects.create(
        user=user, organisation=town.organisation, state="ended", origin="domain", ended_on=timezone.localdate()
    )
    client.post(link)
    assert user.memberships.active().count() == 1


def test_a_member_gets_the_roles_on_top(town, link):
    user, client = guest()
    Membership.objects.create(
        user=user, organisation=town.organisation, state="active", origin="domain", since=timezone.localdate()
    ).role_rows.create(role="employee")
    client.post(link)
    assert [role.value for role in user.memberships.get().roles] == ["employee", "officer"]


def test_accepting_twice_with_the_same_row_in_hand_works_once(link, town):
    user, _client = guest()
    row = Invitation.objects.get()
    inviting.accept(invitation=row, user=user)
    with pytest.raises(InvitationError):
        inviting.accept(invitation=row, user=user)
    assert user.memberships.count() == 1


def test_the_page_tells_no_other_site_its_address(link):
    assert Client().get(link)["Referrer-Policy"] == "same-origin"

"""The pages of members: each for anonymous, stranger, member, manager, VVSG's keeper, and the wrong method."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from people.models import Invitation, Membership, MembershipRole
from people.services import inviting, joining
from practices.models import PracticePage
from tests.factories import make_member, make_organisation, make_practice, make_user
from tests.people.conftest import Town

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
ROLES = ("anonymous", "stranger", "member", "manager", "keeper")
MANAGED = (302, 404, 403, 200, 200)


@pytest.fixture
def invitation(town: Town) -> Invitation:
    (made,) = inviting.invite(
        organisation=town.organisation, emails=["gast@voorbeeld.be"], roles=["employee"], by=town.manager.user
    )
    return made


def url_of(name: str, town: Town, invitation: Invitation) -> str:
    argument = {
        "members_of": town.organisation.pk,
        "members_invite": town.organisation.pk,
        "member_roles": town.member.pk,
        "member_end": town.member.pk,
        "invitation_resend": invitation.pk,
        "invitation_revoke": invitation.pk,
    }
    return reverse(name, args=[argument[name]])


@pytest.mark.parametrize("name", ["members_of", "members_invite", "member_roles", "member_end"])
@pytest.mark.parametrize(("role", "status"), [*zip(ROLES, MANAGED, strict=True)])
def test_who_opens_the_pages_of_a_manager(town, invitation, name, role, status):
    assert town.client(role).get(url_of(name, town, invitation)).status_code == status


@pytest.mark.parametrize(
    "name", ["members_invite", "member_roles", "member_end", "invitation_resend", "invitation_revoke"]
)
@pytest.mark.parametrize(("role", "status"), [("anonymous", 302), ("stranger", 404), ("member", 403)])
def test_who_may_not_change_anything_changes_nothing(town, invitation, name, role, status):
    data = {"emails": "x@y.example", "roles": ["manager"]}
    assert town.client(role).post(url_of(name, town, invitation), data).status_code == status
    assert Membership.objects.active().count() == 3
    assert Invitation.objects.pending().count() == 1
    assert MembershipRole.objects.filter(membership=town.member, role="manager").count() == 0


@pytest.mark.parametrize("name", ["invitation_resend", "invitation_revoke"])
def test_steps_are_posted(town, invitation, name):
    assert town.client("manager").get(url_of(name, town, invitation)).status_code == 405
    assert town.client("manager").post(reverse("members_of", args=[town.organisation.pk])).status_code == 405
    assert town.client("manager").post(reverse("my_page")).status_code == 405


@pytest.mark.parametrize(("role", "status"), [*zip(ROLES, (302, 302, 404, 302, 404), strict=True)])
def test_my_members_leads_to_the_organisation_i_manage(town, role, status):
    response = town.client(role).get(reverse("members"))
    assert response.status_code == status
    if role == "manager":
        assert response.url == reverse("members_of", args=[town.organisation.pk])


def test_a_manager_invites_several_addresses_at_once(town, django_capture_on_commit_callbacks):
    url = reverse("members_invite", args=[town.organisation.pk])
    data = {"emails": "Een@voorbeeld.be, twee@voorbeeld.be\ntwee@voorbeeld.be", "roles": ["employee", "officer"]}
    with django_capture_on_commit_callbacks(execute=True):
        assert town.client("manager").post(url, data).status_code == 302
    assert sorted(message.to[0] for message in mail.outbox) == ["een@voorbeeld.be", "twee@voorbeeld.be"]
    assert {tuple(row.roles) for row in Invitation.objects.all()} == {("employee", "officer")}


@pytest.mark.parametrize("emails", ["", "geen adres", " ".join(f"p{n}@voorbeeld.be" for n in range(51))])
def test_what_is_no_address_or_too_much_is_refused_and_nothing_is_sent(town, emails):
    url = reverse("members_invite", args=[town.organisation.pk])
    response = town.client("manager").post(url, {"emails": emails, "roles": ["employee"]})
    assert response.status_code == 422
    assert response.context["form"].errors["emails"]
    assert not Invitation.objects.exists()


def test_inviting_an_address_with_and_without_an_account_looks_the_same(town):
    make_user("bestaat@voorbeeld.be")
    url = reverse("members_invite", args=[town.organisation.pk])
    pages = []
    for address in ("bestaat@voorbeeld.be", "nieuwer@voorbeeld.be"):
        client = town.client("manager")
        html = client.post(url, {"emails": address, "roles": ["employee"]}, follow=True).content.decode()
        pages.append(
            re.sub(r"(csrfmiddlewaretoken\" value=\"|CSRFToken\": \"|/mijn/uitnodigingen/)\w+", "", html).replace(
                address, "ADDRESS"
            )
        )
        Invitation.objects.all().delete()
    assert pages[0] == pages[1]


def test_inviting_again_sends_a_new_link_and_keeps_one_invitation(town, invitation):
    before = invitation.token_hash
    town.client("manager").post(
        reverse("members_invite", args=[town.organisation.pk]), {"emails": invitation.email, "roles": ["officer"]}
    )
    again = Invitation.objects.get()
    assert again.token_hash != before
    assert again.roles == ["officer"]


def test_the_manager_changes_roles_and_the_last_one_cannot_drop_herself(town):
    client = town.client("manager")
    changed = client.post(reverse("member_roles", args=[town.member.pk]), {"roles": ["employee", "decider"]})
    assert changed.status_code == 302
    assert [role.value for role in Membership.objects.get(pk=town.member.pk).roles] == ["employee", "decider"]
    refused = client.post(reverse("member_roles", args=[town.manager.pk]), {"roles": ["employee"]})
    assert refused.status_code == 422
    assert refused.context["form"].non_field_errors()


def test_ending_names_what_passes_and_passes_it(town):
    page = make_practice(steward=town.member.user, title="Praatcafé")
    client, url = town.client("manager"), reverse("member_end", args=[town.member.pk])
    html = client.get(url).content.decode()
    assert "Praatcafé" in html
    assert town.stranger.user.email not in html
    assert client.post(url, {"reason": "weg"}).status_code == 422
    assert client.post(url, {"everything_to": town.stranger.user.pk}).status_code == 422
    assert client.post(url, {"everything_to": town.manager.user.pk}).status_code == 302
    assert PracticePage.objects.get(pk=page.pk).steward == town.manager.user
    assert client.get(url).status_code == 404


def test_a_manager_who_ends_herself_is_signed_out_without_an_error(town):
    other = make_member(None, town.organisation, "manager")
    client = town.client("manager")
    response = client.post(reverse("member_end", args=[town.manager.pk]), {"reason": "elders"})
    assert (response.status_code, response.url) == (302, "/")
    assert client.get(reverse("my_page")).status_code == 302
    assert other.is_active


def test_my_page_says_what_is_asked_of_each(town):
    newcomer = Client()
    newcomer.force_login(make_user())
    assert reverse("my_organisation") in newcomer.get(reverse("my_page")).content.decode()
    assert Client().get(reverse("my_page")).status_code == 302
    html = town.client("manager").get(reverse("my_page")).content.decode()
    assert reverse("members_of", args=[town.organisation.pk]) in html
    html = town.client("member").get(reverse("my_page")).content.decode()
    assert reverse("members_of", args=[town.organisation.pk]) not in html


def test_asking_for_an_organisation_and_withdrawing(town):
    user, client = make_user(), Client()
    client.force_login(user)
    url, name = reverse("my_organisation"), f"mechelen ({town.organisation.get_kind_display()})"
    assert client.get(url).status_code == 200
    assert client.post(url, {"organisation": name, "motivation": ""}).status_code == 422
    assert client.post(url, {"organisation": name, "motivation": "Ik werk er."}).status_code == 302
    request = Membership.objects.get(user=user)
    assert request.state == "requested"
    assert client.post(url, {"organisation": name, "motivation": "Nog eens."}).status_code == 422
    withdraw = reverse("withdraw_request", args=[request.pk])
    assert town.client("member").post(withdraw).status_code == 404
    assert Client().post(withdraw).status_code == 302
    assert client.get(withdraw).status_code == 405
    assert client.post(withdraw).status_code == 302
    request.refresh_from_db()
    assert request.state == "ended"


@pytest.mark.parametrize("text", ["", "Nergenshuizen", "Mechelen", "\0", "x" * 300])
def test_what_is_not_one_of_the_list_is_refused(town, text):
    make_organisation("Mechelen", "police_zone")
    response = town.client("stranger").post(reverse("my_organisation"), {"organisation": text, "motivation": "x"})
    assert response.status_code == 422
    assert "organisation" in response.context["form"].errors


def test_a_merged_organisation_is_not_offered(town):
    town.other.merged_into = town.organisation
    town.other.save()
    client = town.client("member")
    response = client.post(reverse("my_organisation"), {"organisation": "Aalst", "motivation": "x"})
    assert response.status_code == 422


def test_the_list_of_members_costs_the_same_for_one_and_for_many(town, django_assert_max_num_queries):
    for _number in range(8):
        make_member(None, town.organisation, "officer", "employee")
    client = town.client("manager")
    client.get(reverse("members_of", args=[town.organisation.pk]))
    with django_assert_max_num_queries(16):
        client.get(reverse("members_of", args=[town.organisation.pk]))


def test_names_are_escaped(town):
    user = make_user(first_name="<b>X</b>")
    joining.request_membership(user=user, organisation=town.organisation, motivation="<script>1</script>")
    Membership.objects.filter(user=user).update(state="active", since="2026-01-01")
    html = town.client("manager").get(reverse("members_of", args=[town.organisation.pk])).content.decode()
    assert "<b>X</b>" not in html

"""Becoming a member: by domain, by asking, by VVSG's answer. And never by a domain that says nothing."""

import pytest
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from people.models import Membership, Organisation, OrganisationDomain
from people.services import joining
from people.services.errors import MembershipError
from tests.factories import confirm_address, make_member, make_organisation, make_user
from tests.people.conftest import Town

pytestmark = pytest.mark.django_db


def groups(user) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


@pytest.fixture
def known(town: Town) -> OrganisationDomain:
    return OrganisationDomain.objects.create(organisation=town.organisation, domain="Mechelen.example")


def test_confirming_an_address_on_a_known_domain_makes_a_member_with_rights(known, town, rf):
    user = make_user("nele@mechelen.example")
    address = confirm_address(user)
    email_confirmed.send(sender=EmailAddress, request=rf.get("/"), email_address=address)

    membership = Membership.objects.get(user=user)
    assert (membership.organisation, membership.state, membership.origin) == (town.organisation, "active", "domain")
    assert [role.value for role in membership.roles] == ["employee"]
    assert groups(user) == {"Professionals"}
    assert [(event.old, event.new) for event in membership.events.filter(kind="state")] == [("", "active")]


def test_the_manager_hears_who_joined(known, town, django_capture_on_commit_callbacks):
    user = make_user("nele@mechelen.example", first_name="Nele")
    confirm_address(user)
    with django_capture_on_commit_callbacks(execute=True):
        joining.join_by_domain(user=user)
    assert {message.to[0] for message in mail.outbox} == {user.email, town.manager.user.email}


@pytest.mark.parametrize("address", ["x@aalst.example", "x@sub.mechelen.example", "x@mechelen.example.com"])
def test_another_domain_makes_no_member(known, address):
    user = make_user(address)
    confirm_address(user)
    assert joining.join_by_domain(user=user) == []


def test_an_unconfirmed_address_makes_no_member(known):
    user = make_user("nele@mechelen.example")
    EmailAddress.objects.create(user=user, email=user.email, verified=False)
    assert joining.join_by_domain(user=user) == []


@pytest.mark.parametrize("state", ["ended", "refused"])
def test_who_left_does_not_come_back_by_the_domain(known, town, state):
    user = make_user("nele@mechelen.example")
    confirm_address(user)
    make_member(user, town.organisation, state=state, ended_on="2026-01-01")
    assert joining.join_by_domain(user=user) == []
    assert groups(user) == set()


def test_joining_twice_makes_one_membership(known):
    user = make_user("nele@mechelen.example")
    confirm_address(user)
    joining.join_by_domain(user=user)
    assert joining.join_by_domain(user=user) == []
    assert user.memberships.count() == 1


def test_the_database_itself_refuses_a_second_open_membership(town):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_member(town.member.user, town.organisation, state="requested", since=None)


def test_asking_puts_it_in_the_queue_and_tells_vvsg(town, django_capture_on_commit_callbacks):
    user = make_user()
    with django_capture_on_commit_callbacks(execute=True):
        joining.request_membership(user=user, organisation=town.organisation, motivation="Ik werk er sinds mei.")
    assert [row.user for row in Membership.objects.waiting()] == [user]
    assert groups(user) == set()
    assert [message.to for message in mail.outbox] == [[town.keeper.email]]


def test_asking_on_a_known_domain_needs_no_queue(known, town):
    user = make_user("nele@mechelen.example")
    confirm_address(user)
    assert joining.request_membership(user=user, organisation=town.organisation, motivation="").is_active


def test_asking_twice_or_for_a_merged_organisation_is_refused(town):
    user = make_user()
    joining.request_membership(user=user, organisation=town.organisation, motivation="x")
    gone = make_organisation("Oud", merged_into=town.organisation)
    for organisation in (town.organisation, gone):
        with pytest.raises(MembershipError):
            joining.request_membership(user=user, organisation=organisation, motivation="x")


def test_approving_gives_rights_and_roles_once(town, django_capture_on_commit_callbacks):
    user = make_user()
    request = joining.request_membership(user=user, organisation=town.organisation, motivation="x")
    with django_capture_on_commit_callbacks(execute=True):
        joining.approve(membership=request, by=town.keeper, roles=["employee", "manager"])
    assert groups(user) == {"Professionals"}
    assert [role.value for role in Membership.objects.get(pk=request.pk).roles] == ["employee", "manager"]
    assert user.email in {message.to[0] for message in mail.outbox}
    with pytest.raises(MembershipError):
        joining.approve(membership=request, by=town.keeper)


def test_refusing_needs_a_reason_and_mails_it(town, django_capture_on_commit_callbacks):
    request = joining.request_membership(user=make_user(), organisation=town.organisation, motivation="x")
    with pytest.raises(MembershipError):
        joining.refuse(membership=request, by=town.keeper, reason="  ")
    with django_capture_on_commit_callbacks(execute=True):
        joining.refuse(membership=request, by=town.keeper, reason="Wij kennen u niet.")
    assert "Wij kennen u niet." in mail.outbox[-1].body
    assert groups(request.user) == set()
    with pytest.raises(MembershipError):
        joining.withdraw_request(membership=request, by=request.user)


@pytest.mark.parametrize("domain", ["gmail.com", "TELENET.be", "police.belgium.eu", "geen domein", "x@y.be", "nl"])
def test_a_domain_that_says_nothing_is_refused(town, domain):
    with pytest.raises(ValidationError):
        OrganisationDomain(organisation=town.organisation, domain=domain).full_clean()


def test_a_domain_belongs_to_one_organisation(known, town):
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationDomain.objects.create(organisation=town.other, domain="MECHELEN.example")


@pytest.mark.parametrize(
    ("number", "right"),
    [("0206.602.193", False), ("0207.499.430", True), ("BE 0207 499 430", True), ("207499430", False)],
)
def test_a_kbo_number_is_checked_by_its_digits(number, right):
    organisation = Organisation(name="X", kind="other", kbo_number=number)
    if right:
        organisation.full_clean()
        organisation.save()
        assert organisation.kbo_number == "0207499430"
    else:
        with pytest.raises(ValidationError):
            organisation.full_clean()

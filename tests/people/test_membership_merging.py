"""Two organisations become one: everything moves, once, and it can be looked up afterwards."""

import pytest
from django.core import mail
from django.utils.translation import gettext

from people.models import Invitation, Membership, Organisation, OrganisationDomain
from people.services import inviting, joining, merging
from people.services.errors import MembershipError
from practices.models import PracticePage
from tests.factories import let_into_livc, make_member, make_organisation, make_practice, make_user

pytestmark = pytest.mark.django_db


def test_members_roles_circle_invitations_and_domains_move(town, django_capture_on_commit_callbacks):
    row = let_into_livc(town.member.user)
    request = joining.request_membership(user=make_user(), organisation=town.organisation, motivation="x")
    (invitation,) = inviting.invite(
        organisation=town.organisation, emails=["a@b.example"], roles=["employee"], by=town.manager.user
    )
    OrganisationDomain.objects.create(organisation=town.organisation, domain="mechelen.example")

    with django_capture_on_commit_callbacks(execute=True):
        merger = merging.merge(organisation=town.organisation, into=town.other, by=town.keeper)

    for moved in (town.member, town.manager, request):
        moved.refresh_from_db()
        assert moved.organisation == town.other
    assert [role.value for role in town.manager.roles] == ["employee", "manager"]
    row.refresh_from_db()
    assert row.is_valid
    assert town.member.user.groups.count() == 2
    assert Invitation.objects.get(pk=invitation.pk).organisation == town.other
    assert OrganisationDomain.objects.get().organisation == town.other
    assert Organisation.objects.get(pk=town.organisation.pk).merged_into == town.other
    assert (merger.by, merger.moved["members"], merger.moved["requests"]) == (town.keeper, 2, 1)
    assert town.member.events.get(kind="organisation").old == "Mechelen"
    assert {town.member.user.email, town.manager.user.email} <= {message.to[0] for message in mail.outbox}


def test_contacts_move_where_a_practice_ran_and_its_steward_do_not(town):
    page = make_practice(steward=town.member.user, contact_organisation=town.organisation, ran_in=[town.organisation])

    merging.merge(organisation=town.organisation, into=town.other, by=town.keeper)

    fresh = PracticePage.objects.get(pk=page.pk)
    assert fresh.contact_organisation == town.other
    assert fresh.get_latest_revision_as_object().contact_organisation == town.other
    assert fresh.steward == town.member.user
    assert fresh.ran_in.get().organisation == town.organisation  # where it ran is history


def test_who_belonged_to_both_has_one_membership_with_the_roles_of_both(town):
    user = town.member.user
    there = make_member(user, town.other, "decider")
    let_into_livc(user)  # of the first

    merging.merge(organisation=town.organisation, into=town.other, by=town.keeper)

    active = Membership.objects.active().get(user=user)
    assert active == there
    assert [role.value for role in active.roles] == ["employee", "decider"]
    assert active.livc_memberships.valid().exists()


def test_a_request_at_the_successor_becomes_active_for_a_member(town):
    request = joining.request_membership(user=town.member.user, organisation=town.other, motivation="x")
    merging.merge(organisation=town.organisation, into=town.other, by=town.keeper)
    request.refresh_from_db()
    assert request.is_active


def test_doing_it_again_changes_nothing(town):
    first = merging.merge(organisation=town.organisation, into=town.other, by=town.keeper)
    second = merging.merge(organisation=town.organisation, into=town.other, by=town.keeper)
    assert first.pk == second.pk
    assert town.member.events.filter(kind="organisation").count() == 1


def test_earlier_predecessors_point_at_the_new_one(town):
    older = make_organisation("Muizen", merged_into=town.organisation)
    merging.merge(organisation=town.organisation, into=town.other, by=town.keeper)
    older.refresh_from_db()
    assert older.merged_into == town.other


def test_what_makes_no_sense_is_refused(town):
    gone = make_organisation("Muizen", merged_into=town.other)
    for old, new in ((town.other, town.other), (gone, town.organisation), (town.organisation, gone)):
        with pytest.raises(MembershipError):
            merging.merge(organisation=old, into=new, by=town.keeper)


def test_the_preview_counts_what_moves(town):
    make_practice(steward=town.member.user, contact_organisation=town.organisation)
    counts = {name: count for name, count in merging.preview(town.organisation).items() if count}
    assert counts == {
        gettext("Members"): 2,
        gettext("What these members answer for"): 1,
        gettext("Practices with it as the contact"): 1,
    }

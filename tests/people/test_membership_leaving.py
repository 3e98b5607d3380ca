"""Leaving: rights end at once in every browser, what she answered for passes on, nothing is left without an owner."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from people import holdings
from people.models import Membership
from people.services import leaving, livc
from people.services.errors import LastManagerError, MembershipError, SuccessorNeededError
from practices.models import PracticePage
from tests.factories import let_into_livc, make_member, make_practice, make_user

pytestmark = pytest.mark.django_db


def signed_in(client: Client) -> bool:
    return client.get(reverse("account_email")).status_code == 200


def test_every_browser_is_signed_out_at_once(town):
    user = town.member.user
    office, phone, other = Client(), Client(), town.client("manager")
    for client in (office, phone):
        client.force_login(user)
    UserSession.objects.create(user=user, ip="127.0.0.1", session_key=phone.session.session_key, user_agent="x")
    assert signed_in(office)
    assert signed_in(phone)

    leaving.end(membership=town.member, by=town.manager.user, reason="Ander werk")

    assert not signed_in(office)
    assert not signed_in(phone)
    assert signed_in(other)
    assert not UserSession.objects.filter(user=user).exists()
    assert not Session.objects.filter(session_key=phone.cookies["sessionid"].value).exists()


def test_who_belongs_somewhere_else_stays_signed_in_and_keeps_her_pages(town):
    user = town.member.user
    make_member(user, town.other)
    page = make_practice(steward=user)
    client = Client()
    client.force_login(user)

    leaving.end(membership=town.member, by=town.manager.user)

    assert signed_in(client)
    assert PracticePage.objects.get(pk=page.pk).steward == user
    assert set(user.groups.values_list("name", flat=True)) == {"Professionals"}


def test_all_rights_end_the_ones_of_editors_too(town, cast):
    user = town.member.user
    user.groups.add(Group.objects.get(name="Redactie"))
    let_into_livc(user)

    leaving.end(membership=town.member, by=town.manager.user)

    user.refresh_from_db()
    assert not user.groups.exists()
    assert user.livc_until is None
    assert not town.member.livc_memberships.not_ended().exists()


def test_what_she_answers_for_needs_a_successor_and_passes_to_her(town, django_capture_on_commit_callbacks):
    user, new = town.member.user, town.manager.user
    page, draft = make_practice(steward=user, title="Live"), make_practice(steward=user, live=False, title="Klad")
    assert {holding.title for holding in holdings.held_by(user)} == {"Live", "Klad"}
    with pytest.raises(SuccessorNeededError):
        leaving.end(membership=town.member, by=new)
    assert Membership.objects.get(pk=town.member.pk).is_active

    with django_capture_on_commit_callbacks(execute=True):
        leaving.end(membership=town.member, by=new, everything_to=new)

    for practice in (page, draft):
        fresh = PracticePage.objects.get(pk=practice.pk)
        assert fresh.steward == new
        assert fresh.get_latest_revision_as_object().steward == new
    assert holdings.held_by(user) == []
    assert [row for provider in holdings.providers() for row in provider.ownerless()] == []
    assert "Live" in next(message.body for message in mail.outbox if message.to == [new.email])


def test_each_thing_can_go_to_somebody_else(town):
    user, other = town.member.user, make_member(None, town.organisation).user
    first, second = make_practice(steward=user), make_practice(steward=user)

    leaving.end(
        membership=town.member,
        by=town.manager.user,
        everything_to=town.manager.user,
        successors={f"page-{second.pk}": other},
    )

    assert PracticePage.objects.get(pk=first.pk).steward == town.manager.user
    assert PracticePage.objects.get(pk=second.pk).steward == other


def test_a_draft_alone_would_bring_her_back_and_passes_on_too(town, cast):
    user, page = town.member.user, make_practice(steward=cast.moderator)
    page.steward = user
    page.save_revision()

    leaving.end(membership=town.member, by=town.manager.user, everything_to=town.manager.user)

    fresh = PracticePage.objects.get(pk=page.pk)
    assert fresh.steward == cast.moderator
    assert fresh.get_latest_revision_as_object().steward == town.manager.user


@pytest.mark.parametrize("who", ["herself", "switched off", "nobody's"])
def test_who_cannot_take_over_is_refused(town, who):
    user = town.member.user
    make_practice(steward=user)
    new = {
        "herself": user,
        "switched off": make_member(make_user(is_active=False), town.organisation).user,
        "nobody's": make_user(),
    }[who]
    with pytest.raises(SuccessorNeededError):
        leaving.end(membership=town.member, by=town.manager.user, everything_to=new)


def test_it_ends_once_with_history_and_a_mail(town, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        leaving.end(membership=town.member, by=town.manager.user, reason="Ander werk")
    event = town.member.events.get(kind="state")
    assert (event.by, event.old, event.new, event.why) == (town.manager.user, "active", "ended", "Ander werk")
    assert "Ander werk" in mail.outbox[-1].body
    with pytest.raises(MembershipError):
        leaving.end(membership=town.member, by=town.manager.user)


def test_the_last_manager_cannot_leave_or_step_back_without_a_successor(town):
    manager = town.manager
    for step in (
        lambda: leaving.end(membership=manager, by=manager.user),
        lambda: leaving.change_roles(membership=manager, roles=["employee"], by=manager.user),
    ):
        with pytest.raises(LastManagerError):
            step()
    leaving.change_roles(membership=town.member, roles=["employee", "manager"], by=manager.user)
    assert leaving.change_roles(membership=manager, roles=["employee"], by=manager.user)


def test_vvsg_may_leave_an_organisation_without_a_manager_for_a_while(town):
    leaving.end(membership=town.manager, by=town.keeper)
    assert leaving.managers_of(town.organisation.pk) == []


def test_changing_roles_is_written_down(town):
    leaving.change_roles(membership=town.member, roles=["officer", "decider"], by=town.manager.user)
    event = town.member.events.get(kind="roles")
    assert (event.old, event.new, event.by) == ("employee", "officer, decider", town.manager.user)
    assert not leaving.change_roles(membership=town.member, roles=["decider", "officer"], by=town.manager.user)


def test_a_closed_page_closes_in_the_open_browser_when_the_circle_ends(town, cast):
    row = let_into_livc(town.member.user)
    page = make_practice()
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(Group.objects.get(name="LIVC-R"))
    client = town.client("member")
    assert client.get(page.url).status_code == 200

    livc.end(row=row, by=town.keeper, reason="De coördinator vraagt het")

    assert client.get(page.url).status_code != 200

"""Two at once: one membership, one acceptance, one manager left. With two connections on PostgreSQL."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections

from people.models import Invitation, Membership
from people.services import inviting, joining, leaving
from people.services.errors import MembershipError
from tests.factories import confirm_address, make_member, make_organisation, make_user

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs two connections"),
]


def at_once(*steps: Callable[[], object]) -> list[str]:
    """Run steps in threads that start together; answers "done" or the name of the error of each."""
    gate, results = threading.Barrier(len(steps)), []

    def run(step: Callable[[], object]) -> None:
        gate.wait()
        try:
            step()
            results.append("done")
        except MembershipError as error:
            results.append(type(error).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[step]) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(results)


@pytest.fixture
def manager(transactional_db):
    return make_member(make_user(), make_organisation(), "manager")


def test_one_invitation_is_accepted_once(manager):
    user = make_user("gast@voorbeeld.be")
    confirm_address(user)
    (row,) = inviting.invite(organisation=manager.organisation, emails=[user.email], roles=[], by=manager.user)
    step = lambda: inviting.accept(invitation=Invitation.objects.get(pk=row.pk), user=user)  # noqa: E731
    assert at_once(step, step) == ["InvitationError", "done"]
    assert user.memberships.count() == 1


def test_asking_twice_at_once_makes_one_request(manager):
    user = make_user()
    step = lambda: joining.request_membership(  # noqa: E731
        user=user, organisation=manager.organisation, motivation="x"
    )
    assert at_once(step, step) == ["MembershipError", "done"]
    assert user.memberships.count() == 1


def test_two_managers_cannot_leave_at_once(manager):
    other = make_member(make_user(), manager.organisation, "manager")
    make_member(make_user(), manager.organisation)
    steps = [
        lambda row=row: leaving.end(membership=Membership.objects.get(pk=row.pk), by=row.user)
        for row in (manager, other)
    ]
    assert at_once(*steps) == ["LastManagerError", "done"]
    assert len(leaving.managers_of(manager.organisation_id)) == 1

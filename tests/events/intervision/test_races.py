"""Never more than eight: with many connections on PostgreSQL, and what happens without the lock."""

from collections import Counter

import pytest
from django.db import connection

from events.choices import MemberState
from events.intervision import mails, services
from events.intervision.services import joining
from events.models import GroupMember, IntervisionGroup
from events.models.intervision import LARGEST
from tests.events.factories import make_group, make_participant
from tests.experts.booking.racing import at_once
from tests.factories import make_tree

RIVALS = 20
pytestmark = pytest.mark.django_db(transaction=True)
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="needs several connections")


@pytest.fixture(autouse=True)
def _no_mail(monkeypatch):
    monkeypatch.setattr(mails, "_post", lambda *args, **kwargs: None)


@pytest.fixture
def group(db) -> IntervisionGroup:
    make_tree()
    return make_group(members=5)


def invitations(group: IntervisionGroup) -> list[GroupMember]:
    """More than there are places, as no service would make them."""
    state = MemberState.INVITED
    return [GroupMember.objects.create(group=group, user=make_participant(), state=state) for _ in range(RIVALS)]


def accepting(rows: list[GroupMember]):
    return [
        lambda row=row: services.accept(invitation=row, user=row.user, name=row.user.get_full_name(), seen=1)
        for row in rows
    ]


def members_of(group: IntervisionGroup) -> int:
    return group.members.filter(state=MemberState.ACTIVE).count()


def by_kind(results: Counter[str]) -> Counter[str]:
    kinds: Counter[str] = Counter()
    for result, times in results.items():
        kinds[result.partition("(")[0]] += times
    return kinds


@on_postgresql
def test_who_all_accept_at_once_are_eight_with_the_others(group):
    results = at_once(accepting(invitations(group)))

    assert by_kind(results) == {"done": LARGEST - 5, "GroupFull": RIVALS - (LARGEST - 5)}
    assert members_of(group) == LARGEST


@on_postgresql
def test_without_the_lock_the_group_grows_too_large(group, monkeypatch):
    """The control."""
    monkeypatch.setattr(joining, "locked", lambda group, **more: IntervisionGroup.objects.get(pk=group.pk))
    at_once(accepting(invitations(group)))

    assert members_of(group) > LARGEST


@on_postgresql
def test_the_last_place_is_given_once_by_invitations_as_well(group):
    IntervisionGroup.objects.filter(pk=group.pk).update(opened_at=None)
    facilitator = group.members.get(part="facilitator")
    steps = [
        lambda number=number: services.invite(by=facilitator, email=f"gast{number}@voorbeeld.be")
        for number in range(RIVALS)
    ]

    assert by_kind(at_once(steps)) == {"done": LARGEST - 5, "GroupFull": RIVALS - (LARGEST - 5)}


@on_postgresql
def test_a_yes_and_a_no_at_once_end_in_one_of_both(group):
    candidate = GroupMember.objects.create(group=group, user=make_participant(), state=MemberState.ASKED)
    members = list(group.members.filter(state=MemberState.ACTIVE))
    steps = [
        lambda member=member, agrees=bool(place): services.answer_candidate(
            candidate=candidate, by=member, agrees=agrees
        )
        for place, member in enumerate(members)
    ]
    at_once(steps)

    candidate.refresh_from_db()
    assert candidate.state == MemberState.REFUSED
    assert not candidate.consents.exists()


def test_one_after_the_other_the_ninth_is_refused(group):
    """On SQLite too, where a transaction has the database to itself."""
    done = 0
    for step in accepting(invitations(group)):
        try:
            step()
        except joining.GroupFull:
            continue
        done += 1

    assert (done, members_of(group)) == (LARGEST - 5, LARGEST)

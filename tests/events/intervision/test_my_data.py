"""What is held about somebody in a group: her own questions to take along, nothing of others, and gone with her."""

import datetime
import json

import pytest
from django.urls import reverse
from django.utils import timezone

from core import retention
from events.choices import MemberState, Part
from events.models import CaseBrought, GroupLesson, GroupMember
from people import holdings
from people.services.deleting import delete_account, obstacles
from people.services.errors import SuccessorNeededError
from tests.events.factories import add_group_member
from tests.events.intervision.conftest import RARE, Room, mails_to

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.slow]


def file_of(room: Room, who: str) -> dict:
    return json.loads(room.client(who).get(reverse("my_data_file")).content)["data"]


def test_her_file_holds_her_own_questions_and_nobody_elses(room):
    assert RARE in str(file_of(room, "member")["intervision_cases"])
    for who in ("facilitator", "another", "candidate", "admin"):
        assert RARE not in str(file_of(room, who))


def test_her_file_names_no_other_member(room):
    text = str(file_of(room, "member"))

    for other in (room.facilitator, *room.others, room.candidate):
        assert other.user.last_name not in text
        assert other.user.email not in text


def test_with_her_account_her_questions_go_and_she_is_nobody_in_the_group(room):
    room.client("member").get(reverse("my_page"))
    delete_account(user=room.member.user, by=room.member.user)

    row = GroupMember.objects.get(pk=room.member.pk)
    assert (row.user, row.state, row.accepted_name) == (None, MemberState.LEFT, "")
    assert CaseBrought.objects.get().text == ""
    page = room.client("facilitator").get(reverse("intervision_log", args=[room.group.uid]))
    assert room.member.user.last_name not in page.content.decode()


def test_a_facilitator_hands_over_before_her_account_goes(room):
    assert obstacles(room.facilitator.user)
    with pytest.raises(SuccessorNeededError):
        delete_account(user=room.facilitator.user, by=room.facilitator.user)


def test_a_group_passes_to_a_member_and_never_to_a_stranger(room):
    user, stranger = room.facilitator.user, room.client("practitioner").session["_auth_user_id"]
    held = [holding for holding in holdings.held_by(user) if holding.provider == "intervision"]
    assert len(held) == 1
    assert room.group.name not in held[0].title
    outsider = type(user).objects.get(pk=stranger)
    assert holdings.shown_to(outsider, held)[0].url == ""

    holdings.hand_over({outsider: held}, old=user, by=user)
    assert not room.group.members.filter(part=Part.FACILITATOR).exists()
    assert reverse("intervision_room", args=[room.group.uid]) in mails_to(room.member.user.email)[-1]
    assert room.client("practitioner").get(reverse("intervision_room", args=[room.group.uid])).status_code == 404

    GroupMember.objects.filter(pk=room.facilitator.pk).update(part=Part.FACILITATOR)
    holdings.hand_over({room.member.user: held}, old=user, by=user)
    assert room.group.members.get(part=Part.FACILITATOR) == room.member


def test_names_of_an_old_group_go_after_their_term(room):
    days = retention.days("intervision")
    former = add_group_member(
        room.group, state=MemberState.LEFT, ended_at=timezone.now() - datetime.timedelta(days=days + 1)
    )
    retention.run(only=["intervision"])

    former.refresh_from_db()
    room.member.refresh_from_db()
    assert (former.user, former.accepted_name) == (None, "")
    assert room.member.user is not None


def test_lessons_that_nobody_goes_on_with_go_after_their_term(room):
    long_ago = timezone.now() - datetime.timedelta(days=retention.days("intervision_lessons") + 1)
    GroupLesson.objects.update(changed_at=long_ago)
    assert [outcome.count for outcome in retention.run(only=["intervision_lessons"])] == [1]

    assert not GroupLesson.objects.exists()


def test_my_page_says_what_waits_and_where_her_groups_are(room):
    def page(who: str) -> str:
        return room.client(who).get(reverse("my_page")).content.decode()

    assert reverse("intervision_room", args=[room.group.uid]) in page("member")
    assert reverse("intervision_candidate", args=[room.group.uid, room.candidate.pk]) in page("member")
    assert reverse("intervision_lesson", args=[room.group.uid, room.lesson.uid]) in page("member")
    assert RARE not in page("member")
    for who in ("stranger", "practitioner", "other_member", "former", "admin", "organiser"):
        assert str(room.group.uid) not in page(who)
    assert str(room.group.uid) not in page("candidate")
    assert room.group.name in page("candidate")


def test_my_groups_are_hers_alone(room):
    url = reverse("my_intervision")

    assert room.group.name in room.client("member").get(url).content.decode()
    assert room.group.name not in room.client("stranger").get(url).content.decode()
    assert room.client("member").post(url).status_code == 405

"""Breaking the glass: only by an administrator, with a reason, told to everybody at once, for an hour, to read."""

import datetime

import pytest
from django.db.models import ProtectedError
from django.urls import reverse
from django.utils import timezone

from events.intervision import services
from events.intervision.exceptions import NotAllowed
from events.models import BrokenGlass
from people.models import AuditAction, AuditEntry
from tests.events.factories import add_group_member
from tests.events.intervision.conftest import OUTSIDERS, RARE, Room, browser_of, mails_to

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
REASON = "Een lid meldt dat er een lijst met namen in de ruimte staat."


def at(room: Room, name: str = "room", *more: object) -> str:
    return reverse(f"intervision_{name}", args=[room.group.uid, *more])


def broken(room: Room) -> BrokenGlass:
    answer = room.client("admin").post(at(room, "glass"), {"reason": REASON})
    assert answer.status_code == 302
    return BrokenGlass.objects.get()


@pytest.mark.parametrize("who", [who for who in (*OUTSIDERS, "member", "facilitator") if who != "admin"])
def test_it_is_there_for_administrators_alone(room, who):
    for method in ("get", "post"):
        assert getattr(room.client(who), method)(at(room, "glass"), {"reason": REASON}).status_code == 404
    assert not BrokenGlass.objects.exists()


def test_looking_at_the_form_opens_nothing(room):
    assert room.client("admin").get(at(room, "glass")).status_code == 200
    assert room.client("admin").get(at(room)).status_code == 404


@pytest.mark.parametrize("reason", ["", "daarom", " ".join("........")])
def test_without_a_reason_it_stays_whole(room, reason):
    assert room.client("admin").post(at(room, "glass"), {"reason": reason}).status_code == 422
    assert room.client("admin").get(at(room)).status_code == 404


def test_everybody_is_told_at_once_with_name_and_reason(room, cast):
    before = AuditEntry.objects.count()
    row = broken(room)

    for member in (room.facilitator, room.member, *room.others):
        mail = mails_to(member.user.email)[-1]
        assert REASON in mail
        assert str(cast.admin) in mail
    lines = AuditEntry.objects.filter(action=AuditAction.GLASS_BROKEN)
    assert (AuditEntry.objects.count() - before, lines.get().actor) == (1, cast.admin)
    assert REASON not in str(lines.get().details)
    assert row.until - row.at == datetime.timedelta(hours=1)
    assert not mails_to(room.candidate.user.email)


def test_she_reads_and_changes_nothing(room):
    broken(room)
    admin = room.client("admin")

    assert RARE in admin.get(at(room, "case", room.case.uid)).content.decode()
    for url in (
        at(room, "bring", room.meeting.uid),
        at(room, "erase", room.case.uid),
        at(room, "leave"),
        at(room, "candidate", room.candidate.pk),
        at(room, "lesson", room.lesson.uid),
    ):
        assert admin.post(url, {"step": "yes"}).status_code in (403, 404)
    for name in ("arrange", "invite", "close", "new_meeting"):
        assert admin.get(at(room, name)).status_code == 403


def test_after_the_hour_she_is_outside_again(room, clock):
    broken(room)
    clock(minutes=59)
    assert room.client("admin").get(at(room)).status_code == 200

    clock(minutes=61)
    assert room.client("admin").get(at(room)).status_code == 404
    assert room.client("admin").get(at(room, "file", room.file.uid)).status_code == 404


def test_a_second_click_tells_nobody_twice(room):
    broken(room)
    told = len(mails_to(room.member.user.email))
    broken(room)

    assert len(mails_to(room.member.user.email)) == told
    assert room.client("admin").get(at(room, "glass")).url == at(room)


def test_it_opens_one_room_to_one_person(room, cast):
    broken(room)
    second = type(cast.admin).objects.create_user("tweede@voorbeeld.be", password="x", is_superuser=True, is_staff=True)

    assert browser_of(second).get(at(room)).status_code == 404
    cast.admin.is_superuser = False
    cast.admin.save()
    assert browser_of(cast.admin).get(at(room)).status_code == 404


def test_the_log_of_the_room_keeps_it_for_good(room, clock):
    row = broken(room)
    clock(days=10)

    assert REASON in browser_of(room.member.user).get(at(room, "log")).content.decode()
    with pytest.raises(ProtectedError):
        row.group.delete()


def test_an_administrator_who_is_a_member_needs_no_glass(room, cast):
    add_group_member(room.group, cast.admin)

    assert room.client("admin").get(at(room)).status_code == 200
    assert room.client("admin").get(at(room, "glass")).status_code == 404
    with pytest.raises(NotAllowed):
        services.break_glass(group=room.group, by=cast.admin, reason=REASON)


def test_an_emptied_room_is_no_room(room):
    room.group.emptied_at = timezone.now()
    room.group.save()

    assert room.client("admin").get(at(room, "glass")).status_code == 404
    assert room.client("member").get(at(room)).status_code == 404

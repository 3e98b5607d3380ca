"""Meetings in everybody's calendar, who was there, and the end of a group."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from core.mail.models import OutgoingMail
from events import chores
from events.intervision import mails, services
from events.intervision.exceptions import IntervisionError, Stale
from events.intervision.services.files import harmless_name
from events.models import CaseBrought, GroupLesson, Meeting, MeetingPresence, RoomFile
from tests.events.factories import make_meeting
from tests.events.intervision.conftest import Room, browser_of, mails_to

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.slow]


def at(room: Room, name: str = "room", *more: object) -> str:
    return reverse(f"intervision_{name}", args=[room.group.uid, *more])


def form_of(**changes):
    day = (timezone.localtime() + datetime.timedelta(days=20)).date().isoformat()
    return {"day": day, "start": "13:30", "end": "16:00", "place": "Stadhuis", "agenda": "Kennismaken", **changes}


def events_in(email: str):
    """The last calendar that went to somebody."""
    attached = OutgoingMail.objects.filter(to=email).exclude(attachments=[]).order_by("-pk").first().attachments
    return Calendar.from_ical(attached[-1][1])


def test_a_planned_meeting_is_in_every_calendar_at_the_hour_of_brussels(room):
    assert room.client("facilitator").post(at(room, "new_meeting"), form_of()).status_code == 302

    made = Meeting.objects.latest("pk")
    assert timezone.localtime(made.starts_at).strftime("%H:%M") == "13:30"
    for member in (room.facilitator, room.member, *room.others):
        found = events_in(member.user.email)
        event = found.walk("VEVENT")[0]
        assert (found["METHOD"], event["UID"].startswith(f"meeting-{made.uid}"), event["SEQUENCE"]) == (
            "REQUEST",
            True,
            0,
        )
        assert "Kennismaken" not in found.to_ical().decode()


def test_hours_that_the_change_of_clock_leaves_out_are_refused(room):
    night = form_of(day="2027-03-28", start="02:30", end="05:00")

    assert room.client("facilitator").post(at(room, "new_meeting"), night).status_code == 422


@pytest.mark.parametrize("changes", [{"day": "2020-01-01"}, {"start": "17:00"}, {"day": ""}, {"end": "x"}])
def test_a_meeting_that_cannot_be_is_refused(room, changes):
    assert room.client("facilitator").post(at(room, "new_meeting"), form_of(**changes)).status_code == 422


def change(room: Room, meeting: Meeting, **changes):
    first, last = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)
    told = {
        "day": first.date().isoformat(),
        "start": first.strftime("%H:%M"),
        "end": last.strftime("%H:%M"),
        "place": meeting.place,
        "online_link": meeting.online_link,
        "agenda": meeting.agenda,
        "seen": meeting.sequence,
        **changes,
    }
    return room.client("facilitator").post(at(room, "change_meeting", meeting.uid), told)


def test_a_change_keeps_the_uid_and_raises_the_number(room):
    before = room.meeting.uid
    was = mails.when_of(room.meeting)
    assert change(room, room.meeting, start="23:00", end="23:30", place="Bibliotheek").status_code == 302
    room.meeting.refresh_from_db()
    told = mails_to(room.member.user.email)[-1]
    assert (was in told, mails.when_of(room.meeting) in told) == (True, True)

    event = events_in(room.member.user.email).walk("VEVENT")[0]
    assert event["UID"].startswith(f"meeting-{before}")
    assert (event["SEQUENCE"], event["LOCATION"]) == (1, "Bibliotheek")


def test_another_agenda_mails_nobody(room):
    sent = OutgoingMail.objects.count()
    change(room, room.meeting, agenda="Iets anders")

    room.meeting.refresh_from_db()
    assert (room.meeting.agenda, room.meeting.sequence) == ("Iets anders", 0)
    assert OutgoingMail.objects.count() == sent


def test_a_stale_tab_changes_nothing(room):
    change(room, room.meeting, place="Bibliotheek")
    answer = change(room, room.meeting, place="Kelder", seen=0)

    room.meeting.refresh_from_db()
    assert (answer.status_code, room.meeting.place) == (409, "Bibliotheek")
    with pytest.raises(Stale):
        told = {"starts_at": room.meeting.starts_at, "ends_at": room.meeting.ends_at, "place": "Kelder"}
        told |= {"online_link": "", "agenda": ""}
        services.change_meeting(meeting=room.meeting, by=room.facilitator, told=told, seen=0)


def test_a_cancelled_meeting_goes_from_the_calendars(room):
    url = at(room, "cancel_meeting", room.meeting.uid)
    room.client("facilitator").post(url)

    found = events_in(room.member.user.email)
    assert (found["METHOD"], found.walk("VEVENT")[0]["SEQUENCE"]) == ("CANCEL", 1)
    assert room.client("facilitator").post(url).status_code == 422


def test_everybody_is_reminded_once(room, clock):
    clock(days=5)
    sent = len(mails_to(room.member.user.email))
    assert chores.run()["remind_of_meetings"] == 1

    assert chores.run()["remind_of_meetings"] == 0
    assert len(mails_to(room.member.user.email)) == sent + 1


def test_who_was_there_is_noted_once_it_began(room, clock):
    url = at(room, "presence", room.meeting.uid)
    assert room.client("facilitator").post(url, {"present": [room.member.pk]}).status_code == 422

    until = room.meeting.starts_at - timezone.now()  # a day and an hour of the calendar: how far depends on the hour
    clock(seconds=until.total_seconds() + 60)
    client = browser_of(room.facilitator.user)
    for _twice in range(2):
        assert client.post(url, {"present": [room.member.pk, room.facilitator.pk]}).status_code == 302
    rows = dict(MeetingPresence.objects.values_list("member", "present"))
    assert rows == {
        room.member.pk: True,
        room.facilitator.pk: True,
        **dict.fromkeys((row.pk for row in room.others), False),
    }
    stranger = make_meeting(room.group)
    assert client.post(at(room, "presence", stranger.uid), {"present": ["999999"]}).status_code == 422


# Files


@pytest.mark.parametrize(
    ("name", "harmless"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ('ver"slag;\r\nX: y.pdf', None),
        ("..\\..\\verslag.pdf", "verslag.pdf"),
        ("<script>.txt", None),
        ("....", "bestand"),
        ("é" * 300 + ".pdf", "é" * 100 + ".pdf"),
    ],
)
def test_names_of_files_are_harmless(name, harmless):
    found = harmless_name(name)

    assert harmless is None or found == harmless
    assert not set(found) & set('/\\"<>;\r\n:')
    assert 0 < len(found) <= 120


def upload(room: Room, name: str, content: bytes, title: str = ""):
    told = {"title": title, "file": SimpleUploadedFile(name, content)}
    return room.client("member").post(at(room, "new_file"), told)


def test_a_file_is_saved_and_never_shown_by_the_browser(room):
    assert upload(room, "../stappen.txt", b"Stap 1").status_code == 302
    made = RoomFile.objects.latest("pk")
    answer = room.client("facilitator").get(at(room, "file", made.uid))

    assert (made.filename, made.size) == ("stappen.txt", 6)
    assert "stappen" not in made.file.name
    assert b"".join(answer.streaming_content) == b"Stap 1"
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.html", b"<html>"), ("a.txt", b"<script>"), ("a.pdf", b"geen pdf"), ("a.exe", b"MZ"), ("a.txt", b"")],
)
def test_what_is_no_document_is_refused(room, name, content):
    assert upload(room, name, content).status_code == 422
    assert RoomFile.objects.count() == 1


def test_a_file_that_is_too_large_is_refused(room, monkeypatch):
    monkeypatch.setattr("events.intervision.terms.LARGEST_FILE", 10)

    assert upload(room, "a.txt", b"elf letters").status_code == 422


@pytest.mark.django_db(transaction=True)
def test_a_deleted_file_is_gone_from_the_disk(room):
    path = room.file.file.path
    assert room.client("member").post(at(room, "remove_file", room.file.uid)).status_code == 422
    room.client("another").post(at(room, "remove_file", room.file.uid))

    assert not RoomFile.objects.exists()
    with pytest.raises(FileNotFoundError):
        open(path)  # noqa: PTH123, SIM115


# The end


def test_a_closed_group_is_read_for_a_while_and_changed_no_more(room):
    room.client("facilitator").post(at(room, "close"))

    assert room.client("member").get(at(room)).status_code == 200
    assert CaseBrought.objects.get().text == ""
    room.meeting.refresh_from_db()
    assert room.meeting.cancelled_at is not None
    assert "METHOD:CANCEL" in mails_to(room.member.user.email)[-1]
    for name, told in (("new_file", {}), ("new_lesson", {}), ("arrange", {"rules": "x"})):
        client = room.client("facilitator")
        assert client.post(at(room, name), told).status_code == 422
    with pytest.raises(IntervisionError):
        services.add_file(by=room.member, file=SimpleUploadedFile("a.txt", b"a"), title="")


@pytest.mark.django_db(transaction=True)
def test_after_that_it_is_emptied_and_who_was_there_stays(room, clock):
    MeetingPresence.objects.create(meeting=room.meeting, member=room.member, present=True)
    path = room.file.file.path
    services.close_group(group=room.group, by=room.facilitator)
    clock(days=30)
    assert chores.run()["empty_rooms"] == 0

    clock(days=32)
    assert chores.run()["empty_rooms"] == 1
    assert browser_of(room.member.user).get(at(room)).status_code == 404
    assert not RoomFile.objects.exists()
    assert not GroupLesson.objects.exists()
    with pytest.raises(FileNotFoundError):
        open(path)  # noqa: PTH123, SIM115
    assert Meeting.objects.get(pk=room.meeting.pk).agenda == ""
    assert MeetingPresence.objects.filter(present=True).count() == 1

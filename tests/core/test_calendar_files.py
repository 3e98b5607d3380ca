"""What we write as a calendar, opened by a parser that is not ours (vobject)."""

import datetime
from email import message_from_bytes
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.core.mail import EmailMessage
from hypothesis import given
from hypothesis import strategies as st

from core.calendar_files import Attendee, CalendarEvent, Method, Status, calendar, content_type

BRUSSELS = ZoneInfo("Europe/Brussels")
UTC = datetime.UTC


def event(**overrides):
    fields = {
        "uid": "3f1c-1",
        "sequence": 2,
        "starts_at": datetime.datetime(2026, 12, 3, 9, tzinfo=BRUSSELS),
        "ends_at": datetime.datetime(2026, 12, 3, 12, 30, tzinfo=BRUSSELS),
        "summary": "Advies in Mechelen",
        **overrides,
    }
    return CalendarEvent(**fields)


def read(text):
    return vobject.readOne(text)


def test_an_invitation_asks_those_who_are_invited():
    people = (Attendee("ann@mechelen.be", "Ann Peeters"), Attendee("eva@voorbeeld.be"))
    text = calendar([event(organizer=Attendee("pool@vvsg.be", "VVSG"), attendees=people)], method=Method.REQUEST)
    read_back = read(text)
    assert read_back.method.value == "REQUEST"
    found = read_back.vevent
    assert (found.uid.value, found.sequence.value, found.status.value) == ("3f1c-1", "2", "CONFIRMED")
    assert found.organizer.value == "mailto:pool@vvsg.be"
    assert [attendee.value for attendee in found.attendee_list] == ["mailto:ann@mechelen.be", "mailto:eva@voorbeeld.be"]
    assert found.attendee_list[0].params["CN"] == ["Ann Peeters"]
    assert all(attendee.params["RSVP"] == ["TRUE"] for attendee in found.attendee_list)


def test_an_appointment_is_struck_out_under_the_same_uid_with_a_higher_sequence():
    sent = read(calendar([event(sequence=1)], method=Method.REQUEST)).vevent
    text = calendar([event(sequence=2, attendees=(Attendee("ann@mechelen.be"),))], method=Method.CANCEL)
    struck = read(text).vevent
    assert read(text).method.value == "CANCEL"
    assert (struck.uid.value, struck.status.value) == (sent.uid.value, "CANCELLED")
    assert int(struck.sequence.value) > int(sent.sequence.value)
    assert "RSVP" not in struck.attendee.params


def test_what_is_published_may_be_tentative_and_has_a_name():
    text = calendar([event(status=Status.TENTATIVE)], method=Method.PUBLISH, name="Ankerplaats: Eva")
    assert read(text).contents["x-wr-calname"][0].value == "Ankerplaats: Eva"
    assert read(text).vevent.status.value == "TENTATIVE"


@pytest.mark.parametrize(
    ("day", "hour_in_utc"),
    [
        ((2026, 10, 24), 7),
        ((2026, 10, 25), 8),  # the clock went back this night
        ((2027, 3, 27), 8),
        ((2027, 3, 28), 7),  # and forward this one
        ((2031, 7, 1), 7),
    ],
)
def test_nine_in_brussels_stays_nine_across_the_change_of_the_clock(day, hour_in_utc):
    starts_at = datetime.datetime(*day, 9, tzinfo=BRUSSELS)
    found = read(calendar([event(starts_at=starts_at, ends_at=starts_at + datetime.timedelta(hours=3))])).vevent
    assert found.dtstart.value.replace(tzinfo=None) == datetime.datetime(*day, 9)
    assert found.dtstart.value.astimezone(UTC).hour == hour_in_utc


def test_a_moment_in_another_zone_is_written_in_the_time_of_brussels():
    starts_at = datetime.datetime(2026, 7, 1, 7, tzinfo=UTC)
    text = calendar([event(starts_at=starts_at, ends_at=starts_at + datetime.timedelta(hours=3))])
    assert "DTSTART;TZID=Europe/Brussels:20260701T090000" in text
    assert text.count("BEGIN:VTIMEZONE") == 1


def test_dtstamp_is_now_in_utc():
    found = read(calendar([event()])).vevent
    assert abs(found.dtstamp.value - datetime.datetime.now(UTC)) < datetime.timedelta(minutes=1)


HOSTILE = "Overleg, dringend; \\n zie\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:boos\nATTENDEE:mailto:x@y.z\x00\u2028ok"


def test_hostile_text_stays_text():
    texts = {"summary": HOSTILE, "description": HOSTILE, "location": HOSTILE}
    text = calendar([event(**texts)], name=HOSTILE)
    assert text.count("\nBEGIN:VEVENT") == 1
    found = read(text).vevent
    assert found.uid.value == "3f1c-1"
    assert "attendee" not in found.contents
    assert found.summary.value.startswith("Overleg, dringend; \\n zie\nEND:VEVENT\nBEGIN:VEVENT\nUID:boos")


def test_a_hostile_name_or_address_adds_nobody():
    people = (Attendee('a@b.be"\r\nATTENDEE:mailto:z@z.be', 'Jan "de \r\nATTENDEE:mailto:q@q.be;X=1'),)
    text = calendar([event(attendees=people, organizer=people[0])], method=Method.REQUEST)
    assert len(read(text).vevent.attendee_list) == 1
    assert all(line.count("mailto:") < 3 for line in text.split("\r\n"))


@given(st.text(max_size=300), st.text(max_size=80))
def test_any_text_gives_one_event_of_the_same_uid(words, name):
    text = calendar([event(summary=words, location=words, attendees=(Attendee("a@b.be", name),))], name=name)
    whole = read(text)
    assert [found.uid.value for found in whole.vevent_list] == ["3f1c-1"]
    assert len(whole.vevent.attendee_list) == 1
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


def test_several_events_stand_in_one_file():
    text = calendar([event(), event(uid="3f1c-2")], method=Method.REQUEST)
    assert [found.uid.value for found in read(text).vevent_list] == ["3f1c-1", "3f1c-2"]


def test_as_the_attachment_of_a_mail_it_names_its_method_and_letters_once():
    message = EmailMessage("Boeking", "Zie bijlage.", to=["ann@mechelen.be"])
    message.attach("u.ics", calendar([event(summary="Café")], method=Method.CANCEL), content_type(Method.CANCEL))
    attached = message_from_bytes(message.message().as_bytes()).get_payload(1)
    assert attached.get_content_type() == "text/calendar"
    assert sorted(attached.get_params()[1:]) == [("charset", "utf-8"), ("method", "CANCEL")]
    assert read(attached.get_payload(decode=True).decode()).vevent.summary.value == "Café"
    assert content_type() == "text/calendar"

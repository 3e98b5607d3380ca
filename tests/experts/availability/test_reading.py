"""What a calendar of somebody else's comes to: busy stretches and nothing more, whatever the file does."""

import dataclasses
import datetime
import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from core import retention
from experts.availability.reading import services
from experts.availability.reading.refusals import Unreadable
from experts.availability.reading.worker import TooMuch, busy_times
from experts.models import BookedDayPart, Booking, BusyTime, CalendarSource
from people.mfa import derived_key
from tests.experts.availability.calendar_host import HOST, calendar, lines
from tests.experts.factories import make_expert
from tests.factories import make_organisation

FIRST, LAST = datetime.date(2026, 12, 1), datetime.date(2027, 12, 1)
URL = f"https://{HOST}/eva.ics"


def busy(*bodies, own=()):
    found = busy_times(calendar(*bodies), FIRST, LAST, frozenset(own))
    return [tuple(f"{moment.astimezone(datetime.UTC):%d %b %H:%M}" for moment in times) for times in found]


def event(**fields):
    return lines(**{"UID": "a", "DTSTART": "20261203T090000", "DTEND": "20261203T100000", **fields})


def test_times_of_no_zone_are_those_of_brussels():
    assert busy(event()) == [("03 Dec 08:00", "03 Dec 09:00")]
    assert busy(event(DTSTART="20261203T090000Z", DTEND="20261203T100000Z")) == [("03 Dec 09:00", "03 Dec 10:00")]
    zoned = "UID:a\r\nDTSTART;TZID=America/New_York:20261203T030000\r\nDTEND;TZID=America/New_York:20261203T040000"
    assert busy(zoned) == [("03 Dec 08:00", "03 Dec 09:00")]
    outlook = zoned.replace("America/New_York", "Romance Standard Time")
    assert busy(outlook) == [("03 Dec 02:00", "03 Dec 03:00")]


def test_a_whole_day_runs_from_midnight_to_midnight():
    day = "UID:a\r\nDTSTART;VALUE=DATE:20261203"
    assert busy(day) == [("02 Dec 23:00", "03 Dec 23:00")]
    assert busy(day + "\r\nDTEND;VALUE=DATE:20261205") == [("02 Dec 23:00", "04 Dec 23:00")]


@pytest.mark.parametrize(
    "field", [{"TRANSP": "TRANSPARENT"}, {"STATUS": "CANCELLED"}, {"X-MICROSOFT-CDO-BUSYSTATUS": "FREE"}]
)
def test_what_takes_no_time_of_hers_is_left_out(field):
    assert busy(event(**field)) == []


def test_repeats_stop_at_the_window_with_their_exceptions():
    weekly = event(RRULE="FREQ=WEEKLY", EXDATE="20261210T090000")
    moved = event(DTSTART="20261218T150000", DTEND="20261218T160000", **{"RECURRENCE-ID": "20261217T090000"})
    found = busy(weekly, moved)
    assert found[:3] == [
        ("03 Dec 08:00", "03 Dec 09:00"),
        ("18 Dec 14:00", "18 Dec 15:00"),
        ("24 Dec 08:00", "24 Dec 09:00"),
    ]
    assert len(found) == 51


def test_a_repeat_stays_at_nine_across_the_change_of_the_clock():
    zoned = "UID:a\r\nDTSTART;TZID=Europe/Brussels:20270325T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=WEEKLY;COUNT=2"
    assert busy(zoned) == [("25 Mar 08:00", "25 Mar 09:00"), ("01 Apr 07:00", "01 Apr 08:00")]


def test_appointments_that_touch_become_one_stretch():
    later = event(UID="b", DTSTART="20261203T100000", DTEND="20261203T113000")
    assert busy(later, event(), event(UID="c")) == [("03 Dec 08:00", "03 Dec 10:30")]


def test_a_calendar_that_shares_only_what_is_busy_is_read_too():
    rows = "FREEBUSY;FBTYPE=BUSY:20261203T080000Z/PT1H\r\nFREEBUSY;FBTYPE=FREE:20261204T080000Z/PT1H"
    text = calendar(event()).replace(b"VEVENT", b"VFREEBUSY").replace(b"DTEND:20261203T100000", rows.encode())
    found = busy_times(text, FIRST, LAST, frozenset())
    assert [(moment.day, moment.hour) for moment, _end in found] == [(3, 8)]


def test_our_own_booking_in_her_calendar_is_not_in_its_own_way():
    uid = "7d3f7f4e-2f4c-4b7c-9d5e-0d7a3a5b9c11"
    assert busy(event(UID=f"{uid}-12-1@ankerplaats"), own=[uid]) == []


@pytest.mark.parametrize("text", [b"", b"hallo", b"<html></html>", b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", b"\x00\xff\xfe"])
def test_what_is_no_calendar_is_refused(text):
    with pytest.raises(ValueError):
        busy_times(text, FIRST, LAST, frozenset())


@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=MINU\r\n TELY;INTERVAL=2", "FREQ=HOURLY"])
def test_more_repeats_than_anybody_has_are_refused(rule):
    with pytest.raises(TooMuch):
        busy(event(RRULE=rule, DTEND="20261203T091000"))


HOSTILE = {
    "no end": b"BEGIN:VCALENDAR\r\n" * 20_000,
    "deep": b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 50_000 + b"END:VEVENT\r\n" * 50_000 + b"END:VCALENDAR\r\n",
    "never": calendar(event(RRULE="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")),
    "many": calendar(*(event(UID=str(n), RRULE="FREQ=DAILY") for n in range(2000))),
    "long line": b"BEGIN:VCALENDAR\r\nX:" + b"a" * 2_000_000 + b"\r\nEND:VCALENDAR",
    "bad rule": calendar(event(RRULE="FREQ=DAILY;INTERVAL=0")),
    "far years": calendar(event(DTSTART="00010101T000000Z", DTEND="99991231T235959Z")),
    "backwards": calendar(event(DTEND="20250101T000000")),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_read_or_refused_in_bounded_time(name, monkeypatch):
    monkeypatch.setattr(services, "SECONDS", 4)
    try:
        found, _until = services.read(HOSTILE[name])
    except Unreadable:
        return
    assert len(found) <= 1


def test_the_process_gets_nothing_of_our_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "geheim")
    (tmp_path / "telltale.py").write_text("import json, os\njson.dump({'reason': ' '.join(os.environ)}, open(1, 'w'))")
    monkeypatch.setattr(services, "WORKER", "telltale")
    monkeypatch.setattr(services, "SOURCE_ROOT", tmp_path)
    with (tmp_path / "out").open("w+b") as out, Path("/dev/null").open("rb") as nothing:
        services._run([], nothing, out)
        out.seek(0)
        assert b"SECRET_KEY" not in out.read()


@pytest.mark.parametrize("output", [b"", b"[]", b"null", b'{"busy": 3}', b'{"busy": [["x", "y"]]}', b'{"other": 1}'])
def test_a_worker_that_answers_nonsense_is_not_believed(output):
    with pytest.raises(Unreadable):
        services._understood(0, output)


def soon(days=3):
    day = timezone.localdate() + datetime.timedelta(days=days)
    return {"DTSTART": f"{day:%Y%m%d}T090000", "DTEND": f"{day:%Y%m%d}T100000"}


@pytest.fixture
def expert(db):
    return make_expert()


def upload(expert, *bodies):
    services.read_upload(expert, io.BytesIO(calendar(*bodies)), "agenda.ics")


def test_an_upload_takes_the_place_of_what_was_known(expert):
    upload(expert, event(**soon(3), SUMMARY="Kapper"), event(UID="b", **soon(5)))
    upload(expert, event(**soon(4)))
    source = CalendarSource.objects.get()
    assert BusyTime.objects.filter(expert=expert).count() == 1
    assert (source.uploaded_name, source.error, source.url) == ("agenda.ics", "", "")
    assert source.read_until > timezone.localdate() + datetime.timedelta(days=390)


def test_a_broken_upload_changes_nothing(expert):
    upload(expert, event(**soon()))
    with pytest.raises(Unreadable):
        services.read_upload(expert, io.BytesIO(b"BEGIN:VCALENDAR"), "stuk.ics")
    assert BusyTime.objects.count() == 1
    assert CalendarSource.objects.get().uploaded_name == "agenda.ics"


def test_an_upload_that_is_too_large_is_not_read(expert):
    with pytest.raises(Unreadable):
        services.read_upload(expert, io.BytesIO(b"x" * (3 * 1024 * 1024 + 1)), "groot.ics")


def source_of(expert):
    return CalendarSource.objects.create(expert=expert, url=URL)


def test_a_calendar_at_an_address_is_fetched_again_and_again(expert, host):
    source = source_of(expert)
    host.pages["/eva.ics"] = (200, {}, calendar(event(**soon())))
    assert services.refresh(source.pk, host.way())
    host.pages["/eva.ics"] = (200, {}, calendar(event(**soon()), event(UID="b", **soon(6))))
    assert services.refresh(source.pk, host.way())
    assert BusyTime.objects.filter(expert=expert).count() == 2


def test_the_address_is_a_key_that_the_database_keeps_encrypted(expert, host, settings):
    host.pages["/eva.ics"] = (200, {}, calendar(event(**soon())))
    source = services.follow(expert, URL)
    old, new = settings.MFA_ENCRYPTION_KEYS or [derived_key(settings.SECRET_KEY)], derived_key("a newer one")
    assert HOST not in CalendarSource.objects.values_list("url", flat=True).get()

    settings.MFA_ENCRYPTION_KEYS = [new, *old]
    call_command("encrypt_factors", verbosity=0)
    settings.MFA_ENCRYPTION_KEYS = [new]
    assert CalendarSource.objects.get().address == URL
    assert services.refresh(source.pk, host.way())


@pytest.mark.parametrize(
    "answer", [(500, {}, b""), (200, {}, b"<html>"), (302, {"Location": "https://127.0.0.1/"}, b"")]
)
def test_what_goes_wrong_keeps_the_last_good_state_and_says_so(expert, host, answer):
    source = source_of(expert)
    host.pages["/eva.ics"] = (200, {}, calendar(event(**soon())))
    services.refresh(source.pk, host.way())
    good = CalendarSource.objects.get()
    host.pages["/eva.ics"] = answer
    assert not services.refresh(source.pk, host.way())
    after = CalendarSource.objects.get()
    assert (BusyTime.objects.count(), after.fetched_at) == (1, good.fetched_at)
    assert after.error
    assert HOST not in after.error
    assert after.tried_at > good.tried_at


def test_a_calendar_that_was_replaced_while_it_was_read_is_dropped(expert, host):
    source = source_of(expert)

    host.pages["/eva.ics"] = (200, {}, calendar(event(**soon())))

    def replaced_meanwhile(name, seconds):
        CalendarSource.objects.filter(pk=source.pk).update(url="", uploaded_name="nieuw.ics")
        return host._resolve(name, seconds)

    way = dataclasses.replace(host.way(), resolve=replaced_meanwhile)
    assert not services.refresh(source.pk, way)
    assert BusyTime.objects.count() == 0


def test_forgetting_a_calendar_frees_its_times(expert):
    upload(expert, event(**soon()))
    services.forget(expert)
    assert not BusyTime.objects.exists()
    assert not CalendarSource.objects.exists()


def test_her_bookings_here_are_known_by_their_uid(expert):
    booking = Booking.objects.create(organisation=make_organisation(), subject="x", offer_kind="advice")
    day = timezone.localdate() + datetime.timedelta(days=3)
    BookedDayPart.objects.create(expert=expert, day=day, day_part="morning", booking=booking, confirmed=True)
    upload(expert, event(UID=f"{booking.uid}-1-1@ankerplaats", **soon()))
    assert not BusyTime.objects.exists()


def test_the_hourly_command_goes_on_after_a_calendar_that_fails(expert, host, monkeypatch):
    other = make_expert()
    source_of(expert)
    CalendarSource.objects.create(expert=other, url=f"https://{HOST}/weg.ics")
    host.pages["/eva.ics"] = (200, {}, calendar(event(**soon())))
    monkeypatch.setattr("experts.availability.reading.fetching.Way", host.way)
    out = io.StringIO()
    call_command("fetch_calendars", stdout=out)
    assert out.getvalue() == "1 read, 1 failed.\n"
    assert CalendarSource.objects.get(expert=other).error
    assert BusyTime.objects.filter(expert=expert).count() == 1


def test_what_is_long_over_is_not_kept(expert):
    long_ago = timezone.now() - datetime.timedelta(days=32)
    for ends_at in (long_ago, timezone.now()):
        BusyTime.objects.create(expert=expert, starts_at=ends_at - datetime.timedelta(hours=1), ends_at=ends_at)
        expert.exceptions.create(first=ends_at.date(), last=ends_at.date())
    (outcome,) = retention.run(only=["availability"])
    assert outcome.count == 4 - BusyTime.objects.count() - expert.exceptions.count() == 2

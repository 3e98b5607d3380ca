"""The life of a question until its erasure: then no table, file, mail or log holds a word of it."""

import datetime
import logging
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ReferenceIndex

from core.case_data import found_in
from events import chores
from events.intervision import services, wiping
from events.intervision.exceptions import IntervisionError, NotAllowed
from events.models import CaseBrought
from people.models import AuditEntry
from tests.events.factories import add_group_member, make_group, make_meeting
from tests.events.intervision.conftest import RARE, Room, browser_of, mails_to

pytestmark = pytest.mark.django_db
LONG = f"Over {RARE} en nog veel meer. " * 400


def tables_with(word: str) -> set[str]:
    """Every table of the database in which a value holds the word."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # a name of our own
            if any(word in _text(value) for row in cursor.fetchall() for value in row):
                found.add(table)
    return found


def _text(value: object) -> str:
    raw = bytes(value) if isinstance(value, memoryview) else value
    return raw.decode("utf-8", "replace") if isinstance(raw, bytes) else str(raw)


def files_with(word: str) -> list[Path]:
    folders = (settings.MEDIA_ROOT, settings.CLOSED_FILES_DIR, settings.SEARCH_INDEX_DIR)
    files = [file for folder in folders for file in Path(folder).rglob("*") if file.is_file()]
    return [file for file in files if word.encode() in file.read_bytes()]


def pages_with(word: str) -> bool:
    """Whether the database file itself holds the word, in a place that is marked as free too (SQLite)."""
    return word.encode() in connection.connection.serialize()


def test_until_its_day_it_stands_in_one_row_only(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        url = reverse("intervision_change_case", args=[room.group.uid, room.case.uid])
        told = {"title": f"Nog eens {RARE}", "text": f"Meer over {RARE}.", "named_nobody": "on"}
        assert room.client("member").post(url, told).status_code == 302
        assert room.client("member").get(room_url(room)).status_code == 200

    assert tables_with(RARE) == {"events_casebrought"}
    assert files_with(RARE) == []
    assert RARE not in caplog.text
    assert not any(RARE in str(message.message()) for message in mail.outbox)
    assert not AuditEntry.objects.filter(details__icontains=RARE).exists()


def room_url(room: Room) -> str:
    return reverse("intervision_room", args=[room.group.uid])


def test_wagtail_notes_no_reference_from_a_room() -> None:
    """An editor would read beside a practice that a group works on a lesson about it."""
    ours = [model for model in apps.get_models() if model.__module__ == "events.models.intervision"]

    assert len(ours) >= 10
    assert [model for model in ours if ReferenceIndex.model_is_indexable(model)] == []


def test_on_its_day_it_is_nowhere_any_more(room: Room, clock) -> None:
    day = timezone.localdate(room.meeting.ends_at) + datetime.timedelta(days=room.group.erase_after_days)
    assert room.case.erase_on == day
    away = (day - timezone.localdate()).days
    clock(days=away - 1)
    assert chores.run()["erase_cases"] == 0
    assert tables_with(RARE)

    clock(days=away)
    assert chores.run()["erase_cases"] == 1
    assert tables_with(RARE) == set()
    assert files_with(RARE) == []
    assert chores.run()["erase_cases"] == 0
    room.case.refresh_from_db()
    assert (room.case.title, room.case.text, room.case.erased_at) == ("", "", timezone.now())
    case_url = reverse("intervision_case", args=[room.group.uid, room.case.uid])
    assert browser_of(room.member.user).get(case_url).status_code == 404


def test_the_hourly_command_does_it(room: Room, clock) -> None:
    clock(days=90)
    call_command("events")

    assert tables_with(RARE) == set()


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_on_sqlite_the_place_where_it_stood_is_overwritten(room: Room) -> None:
    services.change_case(case=room.case, by=room.member, title="Lang", text=LONG)
    assert pages_with(RARE)
    services.erase(case=room.case, by=room.member)

    assert not pages_with(RARE)


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_without_overwriting_the_words_stay_behind(room: Room, monkeypatch) -> None:
    """The control: this is why it is done."""
    monkeypatch.setattr(wiping, "overwriting", lambda: None)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA secure_delete=OFF")
    services.change_case(case=room.case, by=room.member, title="Lang", text=LONG)
    services.erase(case=room.case, by=room.member)

    assert tables_with(RARE) == set()
    assert pages_with(RARE)


def test_the_day_follows_a_meeting_that_is_moved(room: Room) -> None:
    later = {
        "starts_at": room.meeting.starts_at + datetime.timedelta(days=10),
        "ends_at": room.meeting.ends_at + datetime.timedelta(days=10),
        "place": "Elders",
        "online_link": "",
        "agenda": "",
    }
    services.change_meeting(meeting=room.meeting, by=room.facilitator, told=later, seen=room.meeting.sequence)

    moved = CaseBrought.objects.get(pk=room.case.pk)
    assert moved.erase_on == room.case.erase_on + datetime.timedelta(days=10)


def test_the_day_follows_the_term_but_is_never_put_off_after_the_meeting(room: Room, clock) -> None:
    services.change_group(group=room.group, by=room.facilitator, told={"erase_after_days": 20})
    assert CaseBrought.objects.get(pk=room.case.pk).erase_on == room.case.erase_on + datetime.timedelta(days=6)

    clock(days=9)
    services.change_group(group=room.group, by=room.facilitator, told={"erase_after_days": 60})
    assert CaseBrought.objects.get(pk=room.case.pk).erase_on == room.case.erase_on + datetime.timedelta(days=6)
    services.change_group(group=room.group, by=room.facilitator, told={"erase_after_days": 5})
    assert CaseBrought.objects.get(pk=room.case.pk).erase_on == room.case.erase_on - datetime.timedelta(days=9)


def test_a_cancelled_meeting_erases_at_once(room: Room) -> None:
    services.cancel_meeting(meeting=room.meeting, by=room.facilitator)

    assert tables_with(RARE) == set()


def test_who_brought_it_in_erases_it_at_once_and_nobody_else_does(room: Room) -> None:
    url = reverse("intervision_erase", args=[room.group.uid, room.case.uid])
    assert room.client("facilitator").post(url).status_code == 404
    with pytest.raises(NotAllowed):
        services.erase(case=room.case, by=room.facilitator)
    room.client("member").get(url)
    assert tables_with(RARE)

    assert room.client("member").post(url).status_code == 302
    assert tables_with(RARE) == set()


def test_who_leaves_takes_her_questions_along(room: Room) -> None:
    services.leave(member=room.member)

    assert tables_with(RARE) == set()


def test_no_mail_holds_a_word_of_it(room: Room, clock) -> None:
    for member in (room.facilitator, room.member, *room.others):
        clock(days=5)
        chores.run()
        assert not any(RARE in text for text in mails_to(member.user.email))
    assert any("intervision" in text or "ntervisi" in text for text in mails_to(room.facilitator.user.email))


def test_the_database_keeps_no_text_with_an_erased_question(room: Room) -> None:
    from django.db import IntegrityError

    with pytest.raises(IntegrityError), transaction.atomic():
        CaseBrought.objects.filter(pk=room.case.pk).update(erased_at=timezone.now())


# Bringing in


def form_of(**changes: str) -> dict[str, str]:
    fields = {"title": "Hoe praat ik met ouders?", "text": "Ze willen niet komen.", "named_nobody": "on"}
    return {name: value for name, value in {**fields, **changes}.items() if value}


def bring_url(room: Room) -> str:
    return reverse("intervision_bring", args=[room.group.uid, room.meeting.uid])


def test_bringing_in_needs_the_promise(room: Room) -> None:
    answer = room.client("member").post(bring_url(room), form_of(named_nobody=""))

    assert answer.status_code == 422
    assert CaseBrought.objects.count() == 1


@pytest.mark.parametrize(
    "text",
    [
        "Wij belden met Jan Peeters over school.",
        "Mevrouw El Amrani belde ons.",
        "De jongen heet Bilal en blijft weg.",
        "geboren op 3/4/2009, en boos",
        "Bel 0470 12 34 56",
        "Woont in de Dorpsstraat 12",
        "Nummer 85.07.30-033.28",
    ],
)
def test_what_looks_like_a_person_is_asked_about_and_she_decides(room: Room, text: str) -> None:
    answer = room.client("member").post(bring_url(room), form_of(text=text))
    assert answer.status_code == 422
    assert 'name="no_personal_data"' in answer.content.decode()
    assert CaseBrought.objects.count() == 1

    told = form_of(text=text, no_personal_data="on")
    assert room.client("member").post(bring_url(room), told).status_code == 302
    made = CaseBrought.objects.latest("pk")
    assert (made.text, made.by) == (text, room.member)
    assert made.no_names_at is not None


def test_a_day_of_birth_is_called_that() -> None:
    assert found_in("Zij is op 12/03/1988 geboren.") == found_in("Zij is geboren op 12/03/1988.") != []
    assert found_in("Wij zien elkaar op 02/03/2027.") == []
    assert found_in("Bel 0476/12.34.56") == found_in("Bel 02 123 45 67") != []


def test_an_ordinary_question_raises_no_alarm(room: Room) -> None:
    assert room.client("member").post(bring_url(room), form_of()).status_code == 302
    assert 'name="no_personal_data"' not in room.client("member").get(bring_url(room)).content.decode()


def test_a_group_of_four_takes_no_questions_yet() -> None:
    group = make_group(members=4)
    meeting, member = make_meeting(group), group.members.last()
    with pytest.raises(IntervisionError):
        services.bring(meeting=meeting, by=member, title="Vraag", text="Tekst")

    add_group_member(group)
    assert services.bring(meeting=meeting, by=member, title="Vraag", text="Tekst").pk


@pytest.mark.parametrize("state", ["over", "cancelled"])
def test_a_meeting_that_is_over_takes_no_questions(room: Room, clock, state: str) -> None:
    if state == "over":
        clock(days=8)
    else:
        services.cancel_meeting(meeting=room.meeting, by=room.facilitator)

    assert room.client("member").post(bring_url(room), form_of()).status_code == 422
    assert CaseBrought.objects.count() == 1

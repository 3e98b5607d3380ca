"""Calendar files and the feed: what programs read of them, whatever people typed."""

import datetime
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from icalendar import Calendar

from events.models import EventState
from events.registration import invitations
from tests.events.factories import add_session, make_event, make_participant, make_registration
from tests.practices.conftest import index, reindex  # noqa: F401  # the fixture

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "Kwaad\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:vals\r\nATTACH:https://kwaad.example/x;\\,\x00<script>&\u2028"


def entries_in(response):
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/calendar")
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def test_every_session_is_an_appointment_that_keeps_its_id(client, cast):
    event = make_event(sessions=2)
    first = entries_in(client.get(f"{event.url}agenda.ics"))
    session = event.sessions.first()
    session.venue = "Ander huis"
    session.save()
    second = entries_in(client.get(f"{event.url}agenda.ics"))

    assert [str(entry["uid"]) for entry in first] == [str(entry["uid"]) for entry in second]
    assert str(first[0]["uid"]).startswith(f"session-{session.uid}@")
    assert "Ander huis" in str(second[0]["location"])


def test_a_later_version_and_a_cancellation_have_a_higher_sequence(client, cast):
    event = make_event()

    def sequence():
        (entry,) = entries_in(client.get(f"{event.url}agenda.ics"))
        return int(entry["sequence"])

    first = sequence()
    published = event.first_published_at
    type(event).objects.filter(pk=event.pk).update(last_published_at=published + datetime.timedelta(hours=1))
    second = sequence()
    EventState.objects.filter(event=event).update(cancelled_at=published + datetime.timedelta(hours=2))

    assert first < second < sequence()


def test_moments_are_right_on_both_sides_of_the_change_of_the_clock(client, cast):
    event = make_event(sessions=0)
    moments = [datetime.datetime(2027, 3, day, 8, tzinfo=datetime.UTC) for day in (26, 29)]
    for moment in moments:
        add_session(event, starts_at=moment, ends_at=moment + datetime.timedelta(hours=2))
    entries = entries_in(client.get(f"{event.url}agenda.ics"))

    assert [entry["dtstart"].dt for entry in entries] == moments
    assert [entry["dtstart"].dt.hour for entry in entries] == [9, 10]


def test_the_file_of_the_list_has_its_filters_and_leaves_out_what_is_past(client, index, cast):  # noqa: F811
    make_event(title="Komt", kind="webinar")
    make_event(title="Komt ook")
    make_event(title="Voorbij", days=-9)
    reindex()

    names = {str(entry["summary"]) for entry in entries_in(client.get("/vorming/kalender.ics"))}
    assert names == {"Komt", "Komt ook"}
    assert len(entries_in(client.get("/vorming/kalender.ics?activiteit=webinar"))) == 1
    assert len(entries_in(client.get("/vorming/kalender.ics?wanneer=voorbij"))) == 1


def test_what_is_more_than_a_page_is_in_the_file_too(client, index, cast):  # noqa: F811
    for number in range(105):
        make_event(title=f"Kopie {number}", days=4)
    reindex()

    assert len(entries_in(client.get("/vorming/kalender.ics"))) == 105


def test_hostile_text_stays_text(client, index, cast):  # noqa: F811
    event = make_event(title=HOSTILE.replace("\x00", ""), slug="kwaad", sessions=0, summary=HOSTILE.replace("\x00", ""))
    add_session(
        event,
        title=HOSTILE.replace("\x00", "")[:100],
        venue="x\r\nSTATUS:CANCELLED",
        address=HOSTILE.replace("\x00", "")[:90],
    )
    reindex()
    for address in (f"{event.url}agenda.ics", "/vorming/kalender.ics"):
        (entry,) = entries_in(client.get(address))
        assert "vals" not in str(entry["uid"])
        assert entry.get("attach") is None
        assert str(entry["status"]) == "CONFIRMED"
    (found,) = ElementTree.fromstring(client.get("/vorming/atom.xml").content).findall(f"{ATOM}entry")
    assert "<script>" in found.find(f"{ATOM}title").text
    assert "<script>" not in found.find(f"{ATOM}summary").text  # which is HTML
    assert "<script>&" not in client.get(event.url).content.decode()
    assert client.get("/vorming/kalender/").status_code == 200


def test_the_feed_tells_of_upcoming_events_by_filter_with_ids_that_stay(client, index, cast):  # noqa: F811
    event = make_event(title="Komt", kind="webinar")
    cancelled = make_event(title="Afgelast")
    at = timezone.now() + datetime.timedelta(hours=1)
    EventState.objects.filter(event=cancelled).update(cancelled_at=at)
    make_event(title="Voorbij", days=-9)
    reindex()
    entries = ElementTree.fromstring(client.get("/vorming/atom.xml").content).findall(f"{ATOM}entry")
    titles = [entry.find(f"{ATOM}title").text for entry in entries]

    assert len(entries) == 2
    (afgelast,) = [entry for entry, title in zip(entries, titles, strict=True) if title.endswith(": Afgelast")]
    assert afgelast.find(f"{ATOM}updated").text == at.isoformat()  # so that readers show it again
    assert any(f"vorming/{event.pk}" in entry.find(f"{ATOM}id").text for entry in entries)
    filtered = ElementTree.fromstring(client.get("/vorming/atom.xml?activiteit=webinar").content)
    assert len(filtered.findall(f"{ATOM}entry")) == 1


def test_an_address_where_no_event_is_answers_404(client, cast):
    draft = make_event(live=False)
    for slug in (draft.slug, "bestaat-niet", "x" * 300):
        assert client.get(f"/vorming/{slug}/agenda.ics").status_code == 404


def test_who_takes_part_puts_the_same_appointments_in_her_calendar_as_her_invitation(client, cast):
    event = make_event()
    row = make_registration(event, make_participant())
    client.force_login(row.user)

    (entry,) = entries_in(client.get(f"{event.url}agenda.ics", follow=True))

    assert str(entry["uid"]) == invitations.uid(row, event.sessions.get().uid)
    client.force_login(make_participant())
    (entry,) = entries_in(client.get(f"{event.url}agenda.ics", follow=True))
    assert str(entry["uid"]).startswith("session-")

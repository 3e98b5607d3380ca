"""The page of an event: what it shows to whom, before and after."""

import datetime
import json
import re

import pytest
from django.utils import timezone

from events import page_parts
from events.models import EventLeader, EventMaterial, EventPrivate, EventRelated, EventSeries, EventState
from people.audiences import Audience
from people.services.closing import set_collection_audience, set_page_audience
from tests.events.factories import add_session, in_days, make_event
from tests.experts.factories import make_expert
from tests.factories import make_document, make_practice

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
LINK = "https://vergadering.voorbeeld.be/geheim"


def page_of(client, event):
    response = client.get(event.url)
    assert response.status_code == 200
    return response, response.content.decode()


def data_of(text):
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text)
    return json.loads(found.group(1))["@graph"][0]


def test_sessions_that_run_side_by_side_stand_under_their_choice(client, cast):
    event = make_event(sessions=0)
    day = in_days(9)
    for title, hour, choice in (
        ("Onthaal", 9, ""),
        ("Werkvorm A", 10, "Ochtend"),
        ("Werkvorm B", 10, "Ochtend"),
        ("Slot", 13, ""),
    ):
        start = day.replace(hour=hour)
        add_session(event, title=title, choice=choice, starts_at=start, ends_at=start + datetime.timedelta(minutes=60))
    response, text = page_of(client, event)

    (shown,) = response.context["days"]
    assert [[found.title for found in slot.sessions] for slot in shown.slots] == [
        ["Onthaal"],
        ["Werkvorm A", "Werkvorm B"],
        ["Slot"],
    ]
    assert text.index("Onthaal") < text.index("Werkvorm B") < text.index("Slot")


def test_place_with_accessibility_is_shown_once(client, cast):
    response, text = page_of(client, make_event(sessions=3))

    assert len(response.context["places"]) == 1
    assert text.count("Lift en aangepast toilet.") == 1


def test_the_link_to_take_part_stands_nowhere(client, cast):
    event = make_event(online_link=LINK)
    EventPrivate.objects.filter(event=event).update(practical="Bel aan", contact_phone="0470", notes="Nota")
    for address in (event.url, f"{event.url}agenda.ics", "/vorming/kalender.ics", "/vorming/atom.xml", "/vorming/"):
        text = client.get(address).content.decode()
        assert LINK not in text
        assert "Bel aan" not in text


def test_a_leader_is_linked_where_the_reader_may_see_her_and_not_named_where_not(client, cast):
    event = make_event()
    open_one, closed = make_expert(title="Anna Anker"), make_expert(title="Bert Boei")
    set_page_audience(closed, Audience.LIVC_R)
    for expert in (open_one, closed):
        EventLeader.objects.create(event=event, expert=expert, description="Begeleider")
    EventLeader.objects.create(event=event, name="Chris Chair", description="Stad Gent")
    _response, text = page_of(client, event)

    assert f'<a href="{open_one.url}">Anna Anker</a>' in text
    assert "Bert Boei" not in text
    assert "Chris Chair" in text
    assert "Bert Boei" in page_of(cast.client("admin"), event)[1]


def test_what_is_used_is_shown_as_far_as_the_reader_may_see_it(client, cast):
    event = make_event()
    shown, closed = make_practice(title="Open praktijk"), make_practice(title="Dichte praktijk")
    set_page_audience(closed, Audience.LIVC_R)
    for page in (closed, shown):
        EventRelated.objects.create(event=event, page=page)
    _response, text = page_of(client, event)

    assert "Open praktijk" in text
    assert "Dichte praktijk" not in text
    assert "Dichte praktijk" in page_of(cast.client("admin"), event)[1]


def test_other_dates_of_the_series_stand_on_the_page_and_closed_ones_do_not(client, cast):
    series = EventSeries.objects.create(title="Lerend netwerk", rule="elke eerste dinsdag")
    event = make_event(series=series, title="Nu")
    make_event(series=series, title="Volgende keer", days=50)
    make_event(series=series, title="Vorige keer", days=-50)
    closed = make_event(series=series, title="Geheime keer", days=60)
    make_event(series=series, title="Ontwerp", days=70, live=False)
    set_page_audience(closed, Audience.LIVC_R)
    dates = page_of(client, event)[0].context["dates"]

    assert [card.page.title for card in dates.coming] == ["Volgende keer"]
    assert [card.page.title for card in dates.past] == ["Vorige keer"]


def test_editions_know_each_other(client, cast):
    first = make_event(title="Editie een", days=-100)
    second = make_event(title="Editie twee", previous=first)

    assert [card.page.title for card in page_of(client, first)[0].context["dates"].coming] == ["Editie twee"]
    assert [card.page.title for card in page_of(client, second)[0].context["dates"].past] == ["Editie een"]


def test_a_cancelled_event_says_so_on_the_page_in_data_and_in_files(client, cast):
    event = make_event(title="Gesprek")
    EventState.objects.filter(event=event).update(cancelled_at=timezone.now(), cancel_reason="De lesgever is ziek.")
    _response, text = page_of(client, event)

    assert "De lesgever is ziek." in text
    assert data_of(text)["eventStatus"].endswith("EventCancelled")
    assert "STATUS:CANCELLED" in client.get(f"{event.url}agenda.ics").content.decode()


def test_a_past_event_keeps_its_page_with_what_came_of_it(client, cast):
    event = make_event(
        days=-20,
        looking_back="<p>Het was druk.</p>",
        learnt="<p>Luisteren helpt.</p>",
        recording_url="https://opname.voorbeeld.be/1",
    )
    EventMaterial.objects.create(event=event, document=make_document(title="Dia's"))
    _response, text = page_of(client, event)

    for words in ("Het was druk.", "Luisteren helpt.", 'href="https://opname.voorbeeld.be/1"', "Dia&#x27;s"):
        assert words in text
    assert "<iframe" not in text
    assert f"{event.url}seintje/" in text


def test_material_in_a_closed_collection_is_not_named(client, cast):
    event = make_event(days=-20)
    document = make_document(title="Geheime dia's")
    set_collection_audience(document.collection, Audience.LIVC_R)
    EventMaterial.objects.create(event=event, document=document)

    assert "Geheime dia" not in page_of(client, event)[1]
    assert "Geheime dia" in page_of(cast.client("admin"), event)[1]


def test_search_engines_read_moments_with_the_offset_of_brussels_price_and_places(client, cast):
    event = make_event(sessions=0, price="62.50")
    winter = datetime.datetime(2032, 1, 12, 8, tzinfo=datetime.UTC)
    summer = datetime.datetime(2032, 7, 13, 8, tzinfo=datetime.UTC)
    for moment, how in ((winter, "on_site"), (summer, "online")):
        add_session(event, starts_at=moment, ends_at=moment + datetime.timedelta(hours=2), attendance=how)
    data = data_of(page_of(client, event)[1])

    assert data["startDate"] == "2032-01-12T09:00:00+01:00"
    assert data["endDate"] == "2032-07-13T12:00:00+02:00"
    assert data["eventAttendanceMode"].endswith("MixedEventAttendanceMode")
    assert data["offers"]["price"] == "62.50"
    assert data["offers"]["availability"].endswith("InStock")
    assert {place["@type"] for place in data["location"]} == {"Place", "VirtualLocation"}
    assert LINK not in json.dumps(data)


def test_parts_of_other_rooms_stand_in_their_places(client, cast, monkeypatch):
    monkeypatch.setattr(page_parts, "_parts", {})
    page_parts.register(page_parts.Part("events/directory/includes/stand.html", lambda page, request: None))
    page_parts.register(
        page_parts.Part("events/directory/includes/texts.html", lambda page, request: {"x": 1}, place="register")
    )
    response, _text = page_of(client, make_event())

    assert response.context["parts"]["register"] == [("events/directory/includes/texts.html", {"x": 1})]
    assert response.context["parts"]["after"] == []


@pytest.mark.parametrize("fields", [{"sessions": 0}, {"for_roles": ["officer"]}, {"price": 0, "for_whom": "Iedereen"}])
def test_a_page_with_little_on_it_is_drawn(client, cast, fields):
    page_of(client, make_event(**fields))


def test_a_closed_event_does_not_exist_for_a_stranger(client, cast):
    event = make_event()
    set_page_audience(event, Audience.LIVC_R)

    for address in (event.url, f"{event.url}agenda.ics", f"{event.url}seintje/"):
        assert client.get(address).status_code == 404
        assert cast.client("admin").get(address).status_code == 200

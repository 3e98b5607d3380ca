"""Events on pages about something else: the front page, a practice, an expert."""

import datetime

import pytest
from django.utils import timezone

from core.page_cache import pages
from events.models import EventLeader, EventRelated, EventState, Session
from people.audiences import Audience
from people.services.closing import set_page_audience
from tests.events.factories import in_days, make_event
from tests.experts.factories import make_expert
from tests.factories import make_practice, make_tree
from tests.practices.conftest import index, reindex  # noqa: F401  # the fixture

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def titles_on_the_front_page(client):
    return [card.page.title for card in client.get("/").context["shore"].coming]


def test_the_front_page_shows_the_next_three_that_take_place(client, cast):
    for title, days in (("Vierde", 40), ("Tweede", 4), ("Derde", 9), ("Eerste", 2), ("Voorbij", -2)):
        make_event(title=title, days=days)
    cancelled = make_event(title="Afgelast", days=1)
    EventState.objects.filter(event=cancelled).update(cancelled_at=timezone.now())
    closed = make_event(title="Dicht", days=1)
    set_page_audience(closed, Audience.LIVC_R)

    assert titles_on_the_front_page(client) == ["Eerste", "Tweede", "Derde"]
    assert titles_on_the_front_page(cast.client("admin"))[0] == "Dicht"


def test_without_events_the_front_page_says_nothing_of_them(client, cast):
    assert 'id="coming-title"' not in client.get("/").content.decode()


def test_a_practice_names_the_events_in_which_it_is_used(client, cast):
    practice = make_practice()
    for title, days in (("Straks", 9), ("Vroeger", -90)):
        EventRelated.objects.create(event=make_event(title=title, days=days), page=practice)
    closed = make_event(title="Dichte vorming")
    EventRelated.objects.create(event=closed, page=practice)
    EventRelated.objects.create(event=make_event(title="Ontwerp", live=False), page=practice)
    set_page_audience(closed, Audience.LIVC_R)
    text = client.get(practice.url).content.decode()

    assert text.index("Straks") < text.index("Vroeger")
    assert "Dichte vorming" not in text
    assert "Ontwerp" not in text
    assert "Dichte vorming" in cast.client("admin").get(practice.url).content.decode()


def test_an_expert_is_named_with_the_events_that_she_leads(client, cast):
    expert, other = make_expert(), make_expert()
    EventLeader.objects.create(event=make_event(title="Haar vorming"), expert=expert)

    assert "Haar vorming" in client.get(expert.url).content.decode()
    assert "Haar vorming" not in client.get(other.url).content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_kept_page_is_drawn_anew_once_the_clock_changes_what_it_says(client, monkeypatch):
    make_tree()
    event = make_event(title="Straks", days=2)
    pages.clear()
    for address in ("/", event.url):
        assert "Straks" in client.get(address).content.decode()
    later = in_days(2, 13)
    monkeypatch.setattr(timezone, "now", lambda: later)
    pages.clear()  # what `fresh_for` does, by a clock that tests cannot move

    assert titles_on_the_front_page(client) == []
    assert client.get(event.url).context["standing"].is_past


@pytest.mark.django_db(transaction=True)
def test_an_answer_is_kept_no_longer_than_until_the_next_session(client, index, monkeypatch):  # noqa: F811
    make_tree()
    event = make_event(title="Straks", sessions=0)
    start = timezone.now() + datetime.timedelta(seconds=50)
    Session.objects.create(event=event, starts_at=start, ends_at=start + datetime.timedelta(hours=1))
    reindex()
    kept = {}
    monkeypatch.setattr("core.page_cache._keep", lambda number, key, found, seconds: kept.update({key[2]: seconds}))
    for address in ("/", event.url, "/vorming/"):
        client.get(address)

    assert set(kept) == {"/", event.url, "/vorming/"}
    assert max(kept.values()) <= 50

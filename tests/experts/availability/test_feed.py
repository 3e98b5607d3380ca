"""The private feed: what it tells, to whom, and that it leaves no trace."""

import datetime

import pytest
import vobject
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from experts.availability.appointments import uid
from experts.availability.feed import events_of, secret_of
from experts.booking import invitations
from experts.choices import DayPart
from experts.models import AvailabilityRules, BookedDayPart, Booking, ExpertAccount
from search.log.middleware import FOUND, TOTAL
from tests.experts.factories import acting_for, make_expert
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db
MORNING, AFTERNOON, EVENING = DayPart


def feed_of(expert):
    return reverse("expert_feed", args=[secret_of(AvailabilityRules.objects.get(expert=expert))])


def soon(days=10):
    return timezone.localdate() + datetime.timedelta(days=days)


def book(expert, *parts, day=None, confirmed=True, **fields):
    booking = Booking.objects.create(
        **{
            "organisation": make_organisation(name="Mechelen"),
            "subject": "Spanning op het plein",
            "question": "Onze vraag over een gezin",
            "contact_name": "Ann Peeters",
            "contact_phone": "0470 11 22 33",
            "contact_email": "ann@mechelen.be",
            "address": "Grote Markt 1, Mechelen",
            "offer_kind": "advice",
            "sequence": 3,
            **fields,
        }
    )
    take(booking, expert, *parts, day=day, confirmed=confirmed)
    return booking


def take(booking, expert, *parts, day=None, confirmed=True):
    for part in parts:
        held = None if confirmed else timezone.now() + datetime.timedelta(days=2)
        BookedDayPart.objects.create(
            expert=expert, day=day or soon(), day_part=part, booking=booking, confirmed=confirmed, held_until=held
        )


def events(expert):
    text = Client().get(feed_of(expert)).content.decode()
    return getattr(vobject.readOne(text), "vevent_list", [])


def test_it_tells_who_what_and_where_and_whether_it_is_certain():
    expert = make_expert()
    booking = book(expert, MORNING, AFTERNOON)
    (found,) = events(expert)
    assert found.uid.value == uid(booking, expert, 1)
    assert (found.sequence.value, found.status.value) == ("3", "CONFIRMED")
    assert "Spanning op het plein" in found.summary.value
    assert "Mechelen" in found.summary.value
    assert found.location.value == "Grote Markt 1, Mechelen"
    assert (found.dtstart.value.hour, found.dtend.value.hour) == (9, 17)


def test_it_tells_no_question_and_no_telephone():
    expert = make_expert()
    book(expert, MORNING)
    text = Client().get(feed_of(expert)).content.decode().replace("\r\n ", "")
    for secret in ("gezin", "0470", "ann@mechelen.be", "Ann Peeters", "ATTENDEE", "ORGANIZER"):
        assert secret not in text


def test_what_is_held_is_tentative_and_numbered_after_what_is_certain():
    expert = make_expert()
    booking = book(expert, MORNING)
    take(booking, expert, MORNING, EVENING, day=soon(3), confirmed=False)
    found = sorted(events(expert), key=lambda event: event.uid.value)
    assert [event.uid.value for event in found] == [uid(booking, expert, number) for number in (1, 2, 3)]
    assert [event.status.value for event in found] == ["CONFIRMED", "TENTATIVE", "TENTATIVE"]


def test_it_holds_her_own_bookings_and_nobody_elses():
    expert, other = make_expert(), make_expert()
    book(other, MORNING)
    assert events(expert) == []
    assert len(events(other)) == 1


def test_what_is_long_past_is_left_out():
    expert = make_expert()
    book(expert, MORNING, day=soon(-100))
    assert events(expert) == []


def test_it_asks_nobody_to_keep_or_find_it():
    response = Client().get(feed_of(make_expert()))
    assert response["Content-Type"].startswith("text/calendar")
    assert {"private", "no-store"} <= set(response["Cache-Control"].replace(" ", "").split(","))
    assert "noindex" in response["X-Robots-Tag"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert not response.cookies


@pytest.mark.django_db(transaction=True)
def test_it_is_never_kept_with_the_pages():
    expert = make_expert()
    url = feed_of(expert)
    assert len(events(expert)) == 0
    book(expert, MORNING)
    assert len(events(expert)) == 1
    assert "ETag" not in Client().get(url)


def test_a_new_address_closes_the_old_one():
    expert = make_expert()
    old, client = feed_of(expert), Client()
    client.force_login(acting_for(expert))
    renew = reverse("availability_feed_renew", args=[expert.pk])
    client.get(renew)
    assert Client().get(old).status_code == 200
    assert client.post(renew).status_code == 302
    assert Client().get(old).status_code == 404
    assert Client().get(feed_of(expert)).status_code == 200


def test_who_no_longer_acts_for_her_cannot_follow_her_any_more():
    expert = make_expert()
    old = feed_of(expert)
    ExpertAccount.objects.all().delete()
    assert Client().get(old).status_code == 404


@pytest.mark.parametrize(
    "secret",
    ["x", "%00", "../../", "a" * 43, "é" * 43, "'" * 43, "%0d%0aX: y", "a" * 3000, "%ff" * 20, "A-_" * 14 + "a"],
)
def test_a_guess_finds_nothing(secret):
    make_expert()
    assert Client().get(f"/kalender/{secret}.ics").status_code == 404


def test_it_is_only_read():
    url = feed_of(make_expert())
    assert [getattr(Client(), method)(url).status_code for method in ("post", "put", "delete")] == [405] * 3
    assert Client().head(url).status_code == 200


def test_the_secret_cannot_be_guessed():
    secrets = {secret_of(AvailabilityRules.objects.get(expert=make_expert())) for _ in range(3)}
    assert len(secrets) == 3
    assert all(len(secret) >= 43 for secret in secrets)


def test_what_is_in_the_database_opens_no_feed():
    expert, other = make_expert(), make_expert()
    mine, theirs = (AvailabilityRules.objects.get(expert=one) for one in (expert, other))
    signature = secret_of(mine).partition(".")[2]

    for secret in (mine.feed_nonce, f"{mine.pk}.{mine.feed_nonce}", f"{theirs.pk}.{signature}", f"999999.{signature}"):
        assert Client().get(reverse("expert_feed", args=[secret])).status_code == 404
    assert Client().get(feed_of(expert)).status_code == 200


def test_the_address_outlives_a_change_of_the_key(settings):
    url = feed_of(make_expert())
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a-new-key-for-this-site"

    assert Client().get(url).status_code == 200


def test_it_is_no_page_that_the_log_of_searches_counts():
    response = Client().get(feed_of(make_expert()), headers={"referer": "http://testserver/zoeken/?q=x"})
    assert {TOTAL, FOUND}.isdisjoint(response.headers)


def test_feed_and_invitation_speak_of_the_same_appointment():
    expert = make_expert()
    booking = book(expert, MORNING, EVENING)
    slots = [row.slot for row in booking.booked.all()]
    invited = {(event.uid, event.starts_at, event.summary) for event in invitations.events(booking, slots, expert)}
    assert {(event.uid, event.starts_at, event.summary) for event in events_of(expert)} == invited

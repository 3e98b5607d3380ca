"""`manage.py bookings`: what happens by itself, once."""

import datetime
import re

import pytest
from django.core.management import call_command
from django.utils import timezone

from core.mail.models import OutgoingMail
from experts.booking import chores, mails, services, terms
from experts.choices import BookingState as State
from experts.choices import Party
from experts.models import Booking
from tests.experts.booking.making import slot, taken

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def later(monkeypatch, days):
    now = timezone.now() + datetime.timedelta(days=days)
    monkeypatch.setattr(timezone, "now", lambda: now)


def actions(booking):
    return [row.action for row in booking.history.all()]


def test_nothing_due_does_nothing(parties):
    parties.booking(State.REQUESTED)
    call_command("bookings", verbosity=0)

    assert not any(chores.run().values())


def test_a_hold_that_is_over_is_released_once(parties):
    booking = parties.booking(State.PROPOSED)
    Booking.objects.update(held_until=timezone.now() - datetime.timedelta(minutes=1))

    assert chores.run()["released"] == 1
    assert taken(parties.expert) == {}
    booking.refresh_from_db()
    assert (booking.state, booking.held_until) == (State.PROPOSED, None)
    assert chores.run()["released"] == 0


def test_a_move_nobody_answered_leaves_the_agreed_day(parties):
    booking = parties.booking(State.CONFIRMED)
    services.move(booking=booking, options=[[slot(40)]], by=parties.decider)
    Booking.objects.update(held_until=timezone.now() - datetime.timedelta(minutes=1))

    assert chores.run()["released"] == 1
    booking.refresh_from_db()
    assert (booking.state, taken(parties.expert)) == (State.CONFIRMED, {slot(30): True})


def test_reminders_stop_at_two_and_vvsg_hears_once(parties, monkeypatch):
    booking = parties.booking(State.PROPOSED, options=[[slot(60)]])
    told = []
    monkeypatch.setattr(mails, "reminder", lambda found: told.append("reminder"))
    monkeypatch.setattr(mails, "escalated", lambda found: told.append("escalated"))
    start = timezone.now()
    for day in range((booking.turn_until - TODAY).days + 12):
        monkeypatch.setattr(timezone, "now", lambda day=day: start + datetime.timedelta(days=day, minutes=day))
        chores.run()
        chores.run()

    assert sorted(told) == ["escalated", "reminder", "reminder"]
    booking.refresh_from_db()
    assert (booking.reminders, booking.turn) == (2, Party.EXPERT)


def test_the_expert_is_reminded_with_her_links(parties, monkeypatch):
    booking = parties.booking(State.PROPOSED)
    OutgoingMail.objects.all().delete()
    later(monkeypatch, (booking.turn_until - TODAY).days)

    chores.run()

    mail = OutgoingMail.objects.get(to=parties.acting.email)
    assert len(re.findall(r"/boekingen/antwoord/\S+", mail.body)) == 3


def test_days_that_went_by_end_a_request(parties, monkeypatch):
    booking = parties.booking(State.TREATMENT, options=[[slot(5)], [slot(6)]])
    later(monkeypatch, 6)
    chores.run()
    booking.refresh_from_db()
    assert booking.state == State.TREATMENT  # the second option is today

    later(monkeypatch, 1)
    chores.run()
    booking.refresh_from_db()
    assert (booking.state, taken(parties.expert), booking.charges.count()) == (State.EXPIRED, {}, 0)


def test_who_never_answers_ends_a_request_but_vvsg_does_not(parties, monkeypatch):
    waits = parties.booking(State.PROPOSED, options=[[slot(90)]])
    ours = parties.booking(State.REQUESTED, options=[[slot(91)]])
    later(monkeypatch, 45)
    chores.run()

    waits.refresh_from_db()
    ours.refresh_from_db()
    assert (waits.state, ours.state) == (State.EXPIRED, State.REQUESTED)


def test_the_day_after_it_is_delivered(parties, monkeypatch):
    booking = parties.booking(State.CONFIRMED, options=[[slot(3), slot(4)]])
    assert chores.run()["soon"] == 1
    assert chores.run()["soon"] == 0
    later(monkeypatch, 4)
    assert chores.run()["delivered"] == 0

    later(monkeypatch, 1)
    assert chores.run()["delivered"] == 1
    booking.refresh_from_db()
    assert (booking.state, booking.turn) == (State.DELIVERED, Party.MUNICIPALITY)
    assert actions(booking)[-2:] == ["soon", "deliver"]


def test_one_that_fails_keeps_no_other_from_its_turn(parties, monkeypatch):
    first = parties.booking(State.PROPOSED)
    parties.booking(State.PROPOSED, options=[[slot(50)]])
    Booking.objects.update(held_until=timezone.now() - datetime.timedelta(minutes=1))
    real = chores.holding.release
    monkeypatch.setattr(
        chores.holding, "release", lambda booking, **more: 1 / 0 if booking.pk == first.pk else real(booking, **more)
    )

    assert chores.run()["released"] == 1
    assert set(taken(parties.expert)) == {slot(30), slot(31)}


def test_terms_are_in_working_days_of_belgium():
    christmas_eve = datetime.date(2026, 12, 24)

    assert terms.working_days_after(christmas_eve, 1) == datetime.date(2026, 12, 28)
    assert terms.working_days_after(datetime.date(2026, 12, 31), 2) == datetime.date(2027, 1, 5)


def test_an_appointment_keeps_its_uid_and_its_sequence_rises(parties):
    booking = parties.booking(State.CONFIRMED, options=[[slot(30), slot(37)]])
    services.move(booking=booking, options=[[slot(44)]], by=parties.decider)
    services.accept_move(booking=booking, option=booking.options.get(moving=True), by=parties.acting)
    services.cancel(booking=booking, by=parties.decider, why="Ziek.")

    files = [
        (name, read(text))
        for row in OutgoingMail.objects.filter(to=parties.acting.email).order_by("pk")
        for name, text, _type in row.attachments
    ]
    first, second = f"{booking.uid}-{parties.expert.pk}-1@", f"{booking.uid}-{parties.expert.pk}-2@"
    assert [
        (name, method, [uid.split("@")[0] + "@" for uid in uids], sequence) for name, (method, uids, sequence) in files
    ] == [
        ("uitnodiging.ics", "REQUEST", [first, second], 1),
        ("uitnodiging.ics", "REQUEST", [first], 2),
        ("vervallen.ics", "CANCEL", [second], 2),
        ("vervallen.ics", "CANCEL", [first], 3),
    ]


def read(text):
    """By another parser's eyes: method, UIDs and the one sequence."""
    method = re.search(r"^METHOD:(\w+)", text, re.MULTILINE).group(1)
    flat = text.replace("\r\n ", "").replace("\r\n", "\n")
    (sequence,) = set(re.findall(r"^SEQUENCE:(\d+)", flat, re.MULTILINE))
    return method, re.findall(r"^UID:(\S+)", flat, re.MULTILINE), int(sequence)

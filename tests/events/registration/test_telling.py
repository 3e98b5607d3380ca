"""A change or a cancellation that many have to hear of: decided at once, mailed one by one, never twice."""

from collections import Counter
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.mail.models import OutgoingMail
from events import mailings
from events.choices import MailingKind
from events.choices import RegistrationState as State
from events.models import ChosenSession, EventMailing, EventPage, EventState, Registration, Session, SessionSeats
from events.registration import mails, services
from tests.events.desk.making import answer, ask
from tests.events.factories import add_session, make_event, make_registration

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def crowd(number, **fields):
    """An event with so many registrations, of which everything was told."""
    event = make_event(capacity=number + 1, **fields)
    services.announce_changes(event=event)
    rows = [make_registration(event, email=f"{uuid4().hex}@voorbeeld.be") for _number in range(number)]
    return EventPage.objects.get(pk=event.pk), rows


def change(event, **fields):
    Session.objects.filter(event=event).update(**(fields or {"venue": "De Zeven Torens"}))
    return services.announce_changes(event=EventPage.objects.get(pk=event.pk))


def mailed():
    return Counter(OutgoingMail.objects.values_list("to", flat=True))


def cancel(event):
    return services.cancel_event(event=event, why="Ziek", by=None)


def queries_of(do, number):
    event, _rows = crowd(number)
    with CaptureQueriesContext(connection) as queries:
        do(event)
    return len(queries)


@pytest.mark.parametrize("do", [change, cancel])
def test_deciding_takes_as_many_queries_for_many_as_for_few(do):
    few, many = queries_of(do, 2), queries_of(do, 30)

    assert few == many <= 40
    assert not OutgoingMail.objects.exists()  # they follow


@pytest.mark.parametrize("do", [change, cancel])
@pytest.mark.parametrize("killed", [0, 2])
def test_killed_in_the_middle_it_goes_on_and_nobody_hears_it_twice(do, killed, monkeypatch):
    event, rows = crowd(4)
    assert do(event) == 4
    post, counter = mails.post, iter(range(100))

    def mortal(**mail):
        made = post(**mail)
        if next(counter) == killed:
            raise KeyboardInterrupt
        return made

    with monkeypatch.context() as patched:
        patched.setattr(mails, "post", mortal)
        with pytest.raises(KeyboardInterrupt):
            mailings.send_mailings()
    assert sum(mailed().values()) == killed

    assert mailings.send_mailings() == 4 - killed
    assert mailings.send_mailings() == 0
    assert mailed() == Counter(row.email for row in rows)
    assert EventMailing.objects.get().finished_at is not None


def test_who_did_not_hear_of_the_first_change_hears_once_how_it_is_now():
    event, (row,) = crowd(1)
    change(event, venue="Eerst hier")
    change(event, venue="Dan daar")

    mailings.send_mailings()

    assert mailed() == Counter([row.email])
    assert "Dan daar" in OutgoingMail.objects.get().body


def test_who_did_not_hear_of_a_change_that_was_undone_hears_nothing():
    event, _rows = crowd(1)
    before = event.sessions.get().venue
    change(event, venue="Eerst hier")
    change(event, venue=before)

    assert mailings.send_mailings() == 0
    assert not OutgoingMail.objects.exists()


def test_who_left_before_the_mail_was_made_is_left_alone():
    event, (gone, _there) = crowd(2)
    change(event)
    Registration.objects.filter(pk=gone.pk).update(state=State.WITHDRAWN)

    assert mailings.send_mailings() == 1
    assert gone.email not in mailed()


def test_a_cancellation_takes_the_place_of_a_change_that_waits():
    event, (row,) = crowd(1)
    change(event)
    cancel(event)

    mailings.send_mailings()

    assert mailed() == Counter([row.email])
    assert "Ziek" in OutgoingMail.objects.get().body
    assert not EventMailing.objects.filter(finished_at=None).exists()


def test_cancelling_gives_every_seat_back_writes_it_down_and_erases_answers():
    event, (row, other) = crowd(2)
    session = add_session(event, title="Keuze", choice="A")
    ChosenSession.objects.create(registration=row, session=session)
    SessionSeats.objects.create(session=session, capacity=5, taken=1)
    answer(row, ask(event), "Noten")
    Registration.objects.filter(pk=other.pk).update(state=State.PRESENT)  # of an earlier day

    assert cancel(event) == 1

    row.refresh_from_db()
    line = row.history.get()
    assert (row.state, row.version, line.old, line.new) == (State.CANCELLED, 1, State.REGISTERED, State.CANCELLED)
    assert not row.answers.exists()
    state = EventState.objects.get(event=event)
    assert (state.taken, state.capacity, SessionSeats.objects.get().taken) == (1, 3, 0)


def test_the_log_of_the_desk_says_what_was_told():
    event, _rows = crowd(1)
    change(event)
    cancel(event)

    told = list(EventMailing.objects.order_by("pk"))
    assert [mailing.kind for mailing in told] == [MailingKind.CHANGED, MailingKind.CANCELLED]
    assert "De Zeven Torens" in told[0].text
    assert told[1].text == "Ziek"

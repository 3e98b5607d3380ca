"""What registering, cancelling and the waiting list do, step by step."""

import pytest
from django.core import mail
from django.utils import timezone

from events.choices import OpenTo
from events.choices import RegistrationState as State
from events.models import GuestLink, Session, SessionSeats
from events.registration import services
from events.registration.exceptions import AlreadyRegistered, Full, NotAllowed, Stale
from people.models import Role
from tests.events.factories import add_session, in_days, make_event, make_participant
from tests.events.registration.making import applicant, give_role, register, state_of
from tests.factories import make_member, make_organisation, make_user

pytestmark = pytest.mark.django_db


def test_who_registers_has_a_seat_and_gets_an_invitation(django_capture_on_commit_callbacks):
    event = make_event(capacity=2)
    with django_capture_on_commit_callbacks(execute=True):
        row = register(event)

    assert row.state == State.REGISTERED
    assert state_of(event).taken == 1
    (sent,) = mail.outbox
    assert sent.to == [row.email]
    assert "uitnodiging.ics" in [name for name, _text, _type in sent.attachments]
    assert [line.action for line in row.history.all()] == ["register"]


def test_the_freed_seat_goes_to_the_first_in_line():
    event = make_event(capacity=1)
    first, second, third = register(event), register(event), register(event)
    assert [row.state for row in (first, second, third)] == [State.REGISTERED, State.WAITING, State.WAITING]

    services.withdraw(registration=first, by=first.user)

    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.state, third.state) == (State.OFFERED, State.WAITING)
    assert state_of(event).taken == 1

    services.accept_offer(registration=second, by=second.user)
    second.refresh_from_db()
    assert second.state == State.REGISTERED


def test_nobody_registers_twice():
    event, user = make_event(), make_participant()
    row = register(event, user)

    with pytest.raises(AlreadyRegistered) as caught:
        register(event, user)
    assert caught.value.uid == row.uid


def test_without_a_waiting_list_full_is_full():
    event = make_event(capacity=1, has_waiting_list=False)
    register(event)
    with pytest.raises(Full):
        register(event)


def test_what_was_left_cannot_be_taken():
    event = make_event(capacity=1)
    first, second = register(event), register(event)
    services.withdraw(registration=first, by=first.user)
    second.refresh_from_db()
    services.decline_offer(registration=second, by=second.user)
    with pytest.raises(Stale):
        services.accept_offer(registration=second, by=second.user)


@pytest.mark.parametrize("fields", [{"places": 0}, {"expires_at": timezone.now()}, {"revoked_at": timezone.now()}])
def test_a_guest_link_is_looked_at_again_under_the_lock(fields):
    """It was alive when the form was shown."""
    event = make_event()
    link = GuestLink.objects.create(**{"event": event, "label": "Gasten", "expires_at": in_days(2), **fields})
    with pytest.raises(NotAllowed):
        services.register(event=event, person=services.Applicant("Gast", "g@voorbeeld.be"), by=None, guest_link=link)


def test_a_guest_link_is_of_one_event():
    link = GuestLink.objects.create(event=make_event(), label="Gasten", expires_at=in_days(2))
    person = services.Applicant("Gast", "g@voorbeeld.be")
    with pytest.raises(NotAllowed):
        services.register(event=make_event(), person=person, by=None, guest_link=link)


def test_nobody_registers_who_is_not_asked_who_she_is():
    with pytest.raises(NotAllowed):
        services.register(event=make_event(), person=services.Applicant("Naam", "n@voorbeeld.be"), by=None)


def test_nobody_registers_somebody_of_another_organisation():
    event, by = make_event(), give_role(make_participant(), Role.DECIDER)
    with pytest.raises(NotAllowed):
        services.register(event=event, person=applicant(make_participant()), by=by)


def test_a_colleague_who_may_not_see_a_closed_event_is_not_registered_for_it():
    event, by = make_event(open_to=OpenTo.LIVC_R), give_role(make_participant(), Role.COORDINATOR)
    colleague = make_user()
    make_member(colleague, by.memberships.get().organisation)
    with pytest.raises(NotAllowed):
        services.register(event=event, person=applicant(colleague), by=by)


def test_only_a_colleague_takes_a_place_over():
    row = register(make_event())
    other = make_participant()
    with pytest.raises(NotAllowed):
        services.replace(registration=row, name="Ander", email=other.email, user=other, by=row.user)


def test_who_takes_over_on_the_waiting_list_keeps_the_place_in_the_line():
    event = make_event(capacity=1)
    first, second, third = register(event), register(event), register(event)
    new = services.replace(registration=second, name="Nieuw", email="nieuw@voorbeeld.be", by=second.user)
    services.withdraw(registration=first, by=first.user)
    new.refresh_from_db()
    third.refresh_from_db()
    assert (new.state, third.state) == (State.OFFERED, State.WAITING)


def test_with_fewer_places_than_are_taken_a_place_is_still_handed_over():
    event = make_event(capacity=2)
    row, _other = register(event), register(event)
    services.set_capacity(event=event, capacity=1)
    new = services.replace(registration=row, name="Nieuw", email="nieuw@voorbeeld.be", by=row.user)
    assert (new.state, state_of(event).taken) == (State.REGISTERED, 2)


def test_who_cancelled_registers_anew_at_the_end_of_the_list():
    event = make_event(capacity=1)
    first, user = register(event), make_participant()
    gone, waits = register(event, user), register(event)
    services.withdraw(registration=gone, by=user)
    again = register(event, user)
    services.withdraw(registration=first, by=first.user)
    waits.refresh_from_db()
    assert (waits.state, again.state) == (State.OFFERED, State.WAITING)


def test_who_chooses_another_session_frees_the_one_that_somebody_waits_for():
    event = make_event(capacity=3)
    one, two = (add_session(event, title=title, choice="keuze", capacity=1) for title in ("Eén", "Twee"))
    first, second = register(event, sessions=[one]), register(event, sessions=[two])
    waits = register(event, sessions=[two])
    assert waits.state == State.WAITING
    Session.objects.filter(pk=one.pk).update(capacity=2)
    services.change_sessions(registration=second, sessions=[one], by=second.user)

    waits.refresh_from_db()
    assert waits.state == State.OFFERED
    assert {seats.session.title: seats.taken for seats in SessionSeats.objects.all()} == {"Eén": 2, "Twee": 1}
    assert first.chosen.get().session == one


def test_nobody_takes_part_in_the_name_of_an_organisation_that_is_not_hers():
    event, user = make_event(per_organisation=1), make_participant()
    with pytest.raises(NotAllowed):
        services.register(event=event, person=applicant(user, organisation=make_organisation()), by=user)

"""What registrations hold about people: shown, forgotten, moved with an organisation, made anonymous in time."""

import datetime

import pytest
from django.utils import timezone

from core import retention
from events.choices import RegistrationState as State
from events.models import EventQuestion, PersonalFeed, Registration, Session
from people import holdings, personal_data
from tests.events.factories import make_event, make_participant
from tests.events.registration.making import register, state_of
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db


def test_what_is_held_about_her_is_shown_with_her_answers():
    event = make_event()
    question = EventQuestion.objects.create(event=event, text="Wat eet u?")
    row = register(event, answers={question.uid: "Vis"})
    data = personal_data.as_data(row.user)
    assert data["registrations"][0]["event"] == event.title
    assert data["registrations"][0]["answers"] == ["Wat eet u? Vis"]
    assert data["registration_history"][0]["event"] == event.title


def test_forgetting_her_frees_her_place_for_the_next():
    event = make_event(capacity=1)
    row, waits = register(event), register(event)
    PersonalFeed.objects.create(user=row.user)
    email = row.email
    personal_data.forget(row.user)

    row.refresh_from_db()
    waits.refresh_from_db()
    assert (row.state, row.user, row.email) == (State.WITHDRAWN, None, "")
    assert waits.state == State.OFFERED
    assert not PersonalFeed.objects.exists()
    assert not Registration.objects.filter(email=email).exists()
    assert state_of(event).taken == 1


def test_what_is_over_stays_without_her():
    row = register(make_event())
    Session.objects.update(
        starts_at=timezone.now() - datetime.timedelta(days=9), ends_at=timezone.now() - datetime.timedelta(days=8)
    )
    organisation = row.organisation
    personal_data.forget(row.user)
    row.refresh_from_db()
    assert (row.state, row.organisation, row.user) == (State.REGISTERED, organisation, None)


def test_a_merger_moves_registrations():
    row, new = register(make_event()), make_organisation()
    old = row.organisation
    (provider,) = [one for one in holdings.providers() if one.name == "registration"]
    assert list(provider.count_of_organisation(old).values()) == [1]
    provider.move_organisation(old, new, by=None)
    row.refresh_from_db()
    assert row.organisation == new


def test_names_are_made_anonymous_after_the_term_and_not_before():
    old, recent = register(make_event()), register(make_event(), make_participant())
    long_ago = retention.cutoff("registrations") - datetime.timedelta(days=1)
    Registration.objects.filter(pk=old.pk).update(at=long_ago)
    Session.objects.filter(event=old.event).update(starts_at=long_ago - datetime.timedelta(hours=1), ends_at=long_ago)
    for _time in range(2):
        retention.run(only=["registrations"])

    old.refresh_from_db()
    recent.refresh_from_db()
    assert (old.name, old.email, old.user) == ("", "", None)
    assert old.organisation is not None
    assert recent.name

"""The box on the page of an event: for every state and reader the button that goes with it, or why there is none."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.choices import EventKind, OpenTo
from events.models import EventPage
from events.registration import services
from events.registration.exceptions import Closed
from events.registration.services.registering import Applicant
from people.models import Role
from tests.events.factories import add_session, in_days, make_event, make_group, make_organiser, make_participant
from tests.events.registration.making import give_role, register
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def page(event, user=None) -> str:
    client = Client()
    if user is not None:
        client.force_login(user)
    answer = client.get(event.url)
    assert answer.status_code == 200
    return answer.text


def form_of(event) -> str:
    return f'href="{reverse("event_register", args=[event.pk])}"'


def colleagues_of(event) -> str:
    return f'href="{reverse("event_register_colleagues", args=[event.pk])}"'


def test_a_visitor_finds_the_button_which_leads_to_signing_in():
    event = make_event()
    assert form_of(event) in page(event)
    assert colleagues_of(event) not in page(event)


def test_a_member_finds_the_button_and_who_leads_that_for_colleagues():
    event = make_event()
    user = make_participant()
    assert form_of(event) in page(event, user)
    assert colleagues_of(event) not in page(event, user)
    give_role(user, Role.MANAGER)
    assert colleagues_of(event) in page(event, user)


def test_who_may_not_take_part_reads_why_and_finds_no_button():
    event = make_event(open_to=OpenTo.LIVC_R)
    assert "LIVC-R" in page(event, make_participant())
    assert form_of(event) not in page(event, make_participant())
    assert form_of(make_event()) not in page(make_event(), make_user())


def test_who_is_registered_finds_her_registration():
    event = make_event()
    row = register(event)
    found = page(event, row.user)
    assert reverse("registration", args=[row.uid]) in found
    assert form_of(event) not in found
    assert reverse("registration", args=[row.uid]) not in page(event)


@pytest.mark.parametrize(
    "fields",
    [
        {"registration_opens_at": in_days(3)},
        {"registration_closes_at": in_days(-1)},
        {"days": -10},
        {"capacity": 1, "has_waiting_list": False, "full": True},
        {"cancelled": True},
    ],
    ids=["not yet open", "closed", "past", "full without a list", "cancelled"],
)
def test_where_nobody_can_register_there_is_no_button(fields):
    full, cancelled = fields.pop("full", False), fields.pop("cancelled", False)
    event = make_event(**fields)
    if full:
        register(event)
    if cancelled:
        services.cancel_event(event=event, why="Ziek.", by=None)
    assert form_of(event) not in page(event)
    user = give_role(make_participant(), Role.MANAGER)
    assert form_of(event) not in page(event, user)
    assert colleagues_of(event) not in page(event, user)


def test_full_with_a_waiting_list_still_has_the_button():
    event = make_event(capacity=1)
    register(event)
    assert form_of(event) in page(event)


def test_a_page_that_was_kept_follows_the_seats(transactional_db):
    """Visitors get kept pages: one more seat taken is another page."""
    event = make_event(capacity=1)
    assert "register-box" in page(event)
    before = page(event)
    register(event)
    assert page(event) != before


def test_a_kept_page_follows_who_chooses_which_session(transactional_db):
    event = make_event()
    one, two = (add_session(event, title=title, choice="A", capacity=1) for title in ("Eerste zaal", "Tweede zaal"))
    row = register(event, sessions=[one])
    assert "Eerste zaal" in page(event).partition("register-box")[2].partition("</section>")[0]
    before = page(event)

    services.change_sessions(registration=row, sessions=[two], by=row.user)

    assert page(event) != before


def test_the_box_follows_the_clock():
    event = make_event()
    assert form_of(event) in page(event)
    EventPage.objects.filter(pk=event.pk).update(registration_closes_at=timezone.now())
    assert form_of(event) not in page(event)


def test_of_a_fixed_group_nobody_takes_a_seat_but_asks_to_join(client):
    event = make_event(kind=EventKind.INTERVISION)
    group = make_group(announced_on=event, is_open=True)
    organiser = make_organiser()

    assert form_of(event) not in page(event)
    assert f'href="{reverse("intervision_ask", args=[group.uid])}"' in page(event)
    assert "/inschrijven/" not in page(event, make_participant())
    with pytest.raises(Closed):
        services.register(event=event, person=Applicant("Petra Proef", "petra@voorbeeld.be"), by=organiser)

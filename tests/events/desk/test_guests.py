"""Links for guests, and what the desk holds about who made them and who sent mails."""

import datetime
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils import timezone

from core import retention
from events.choices import RegistrationState as State
from events.models import EventMailing, GuestLink
from people import personal_data
from tests.events.factories import in_days, make_registration

pytestmark = pytest.mark.django_db


def make(desk, **data):
    until = timezone.localdate() + datetime.timedelta(days=5)
    form = {"label": "Politiezone", "places": 3, "until": until.isoformat(), "once": str(uuid4()), **data}
    return desk.client().post(desk.url("guests"), form)


def test_a_link_works_until_the_end_of_its_day_in_brussels(desk):
    assert make(desk).status_code == 302

    link = GuestLink.objects.get()
    end = timezone.localtime(link.expires_at)
    assert (end.date(), end.hour, end.minute) == (timezone.localdate() + datetime.timedelta(days=5), 23, 59)
    assert (link.made_by, link.places, link.event) == (desk.organiser, 3, desk.event)
    assert f"/inschrijven/gast/{link.token}/" in desk.page("guests")


def test_a_double_click_makes_one_link(desk):
    once = str(uuid4())
    for _click in range(2):
        assert make(desk, once=once).status_code == 302

    assert GuestLink.objects.count() == 1


@pytest.mark.parametrize("wrong", [{"label": ""}, {"places": 0}, {"until": "2020-01-01"}, {"until": "ooit"}])
def test_a_link_that_makes_no_sense_is_refused(desk, wrong):
    assert make(desk, **wrong).status_code == 422
    assert not GuestLink.objects.exists()


def test_a_revoked_link_is_shown_no_more_and_who_used_it_stays(desk):
    link = GuestLink.objects.create(event=desk.event, label="Politiezone", places=3, expires_at=in_days(3))
    guest = make_registration(desk.event, guest_link=link)
    make_registration(desk.event, guest_link=link, state=State.WITHDRAWN)
    ((shown, _url),) = desk.client().get(desk.url("guests")).context["links"]
    assert shown.used == 1

    desk.client().post(desk.url("revoke_guest", link.pk))

    guest.refresh_from_db()
    assert guest.state == State.REGISTERED
    assert link.token not in desk.page("guests")


def test_an_organiser_sees_what_she_made_among_her_data(desk):
    GuestLink.objects.create(event=desk.event, label="Politiezone", expires_at=in_days(3), made_by=desk.organiser)
    EventMailing.objects.create(event=desk.event, subject="Parkeren", text="x", by=desk.organiser)

    held = personal_data.as_data(desk.organiser)

    assert held["guest_links"][0]["title"] == "Politiezone"
    assert held["event_mailings"][0]["title"] == "Parkeren"


def test_mailings_are_deleted_after_their_term(desk):
    days = settings.RETENTION_DAYS["event_mailings"]
    old = timezone.now() - datetime.timedelta(days=days + 1)
    EventMailing.objects.create(event=desk.event, subject="Oud", text="x", created_at=old)
    kept = EventMailing.objects.create(event=desk.event, subject="Nieuw", text="x")

    retention.run(only=["event_mailings"])

    assert list(EventMailing.objects.all()) == [kept]

"""The municipality evaluates from its mail, without signing in: one booking, by who was mailed, once, for a while."""

import datetime
import re
from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from core.mail.models import OutgoingMail
from experts.afterwards import reminding, services
from experts.booking.links import evaluation_url
from experts.booking.people import of_user
from experts.choices import BookingState, Party
from experts.models import AskedAfterwards, Booking, Evaluation
from people.models import Membership

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
ANSWERS = {**dict.fromkeys(services.QUESTIONS, "4"), "remarks": "Dank u."}


def address_in(mail):
    return re.search(r"/boekingen/evaluatie/\S+", mail.body)[0]


@pytest.fixture
def link(delivered):
    return urlsplit(evaluation_url(delivered.booking, of_user(delivered.parties.decider))).path


def state_of(delivered):
    return Booking.objects.get(pk=delivered.booking.pk).state


def test_the_mail_of_the_delivery_and_the_reminder_lead_to_it(delivered):
    (told,) = OutgoingMail.objects.filter(body__contains="/boekingen/evaluatie/")
    OutgoingMail.objects.all().delete()
    reminding.remind_of_evaluations()
    AskedAfterwards.objects.update(last_at=timezone.now() - reminding.PAUSE)
    reminding.remind_of_evaluations()
    (again,) = OutgoingMail.objects.filter(body__contains="/boekingen/evaluatie/")

    for mail in (told, again):
        assert mail.to == delivered.parties.decider.email
        assert Client().get(address_in(mail)).status_code == 200


def test_opening_changes_nothing_and_answering_does_it_once(delivered, link):
    client = Client()
    assert client.get(link).status_code == client.head(link).status_code == 200
    assert state_of(delivered) == BookingState.DELIVERED
    assert client.post(link, {**ANSWERS, "again": ""}).status_code == 422

    assert client.post(link, ANSWERS).status_code == 200
    made = Evaluation.objects.get()
    assert (made.by, made.remarks, made.organised) == (delivered.parties.decider, "Dank u.", 4)
    assert state_of(delivered) == BookingState.EVALUATED
    assert delivered.booking.history.get(action="evaluate").party == Party.MUNICIPALITY
    assert client.post(link, ANSWERS).status_code == client.get(link).status_code == 410
    assert Evaluation.objects.count() == 1


def test_a_contact_without_an_account_can_answer(delivered):
    Membership.objects.filter(organisation=delivered.booking.organisation).delete()
    Booking.objects.update(contact_email="carla@gemeente.be", contact_name="Carla")
    OutgoingMail.objects.all().delete()
    AskedAfterwards.objects.create(
        booking=delivered.booking, times=1, last_at=timezone.now() - reminding.PAUSE - datetime.timedelta(hours=1)
    )
    reminding.remind_of_evaluations()
    (mail,) = OutgoingMail.objects.all()

    assert Client().post(address_in(mail), ANSWERS).status_code == 200
    assert Evaluation.objects.get().by is None


def test_who_left_the_municipality_answers_no_more(delivered, link):
    Membership.objects.filter(user=delivered.parties.decider).delete()

    assert Client().get(link).status_code == 404
    assert Client().post(link, ANSWERS).status_code == 404


def test_it_ends_and_cannot_be_made_up(delivered, link, settings):
    other = signing.dumps([delivered.booking.pk, delivered.parties.decider.email], salt="experts.booking.answer")
    for address in (link[:-4] + "abc/", f"/boekingen/evaluatie/{other}/"):
        assert Client().get(address).status_code == 404
    settings.BOOKING_TERMS = settings.BOOKING_TERMS | {"link": 0}
    assert Client().get(link).status_code == 404


def test_it_shows_nothing_but_the_subject_and_leaks_no_address(delivered, link):
    response = Client().get(link)

    assert delivered.booking.question not in response.content.decode()
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in response.headers["Cache-Control"]
    assert Client().put(link).status_code == 405

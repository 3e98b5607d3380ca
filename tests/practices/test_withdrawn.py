"""What an address answers after its practice was withdrawn."""

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from tests.factories import make_practice

pytestmark = pytest.mark.django_db


def test_it_says_what_it_was_why_it_went_and_what_took_its_place(client: Client) -> None:
    successor = make_practice(title="De nieuwe aanpak")
    practice = make_practice(title="De oude aanpak", withdrawal_reason="De wet veranderde.", successor=successor)
    practice.unpublish()
    response = client.get(practice.url)
    body = response.content.decode()
    assert response.status_code == 410
    assert "De oude aanpak" in body
    assert "De wet veranderde." in body
    assert successor.url in body


def test_a_draft_that_never_was_public_does_not_exist(client: Client) -> None:
    draft = make_practice(title="Nog een idee", live=False)
    assert client.get(f"/praktijken/{draft.slug}/").status_code == 404


def test_a_restricted_practice_that_went_does_not_exist_for_a_stranger(client: Client) -> None:
    practice = make_practice(title="Besloten aanpak")
    PageViewRestriction.objects.create(page=practice, restriction_type=PageViewRestriction.LOGIN)
    practice.unpublish()
    assert client.get(practice.url).status_code == 404


def test_a_successor_that_the_reader_may_not_see_is_not_named(client: Client) -> None:
    successor = make_practice(title="Alleen voor leden")
    PageViewRestriction.objects.create(page=successor, restriction_type=PageViewRestriction.LOGIN)
    practice = make_practice(title="De oude aanpak", successor=successor)
    practice.unpublish()
    assert "Alleen voor leden" not in client.get(practice.url).content.decode()

"""What the address of an expert answers once she is not in the pool any more."""

import datetime
import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from experts.choices import Answer, BookingState
from experts.directory.search import build, document_id
from experts.models import Booking, BookingExpert, ExpertPage, ExpertWork
from people.audiences import Audience
from people.services.closing import set_page_audience
from tests.experts.factories import make_expert
from tests.factories import make_organisation, make_practice

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture
def left(cast):
    """An expert with a practice, a delivery and a successor, whose page VVSG took off the site."""
    heir = make_expert(title="Bert Boei")
    expert = make_expert(
        title="Anna Anker",
        summary="Kortetekst van Anna",
        biography="<p>Levensloop van Anna</p>",
        expert_successor=heir,
        withdrawal_reason="Zij ging met pensioen.",
    )
    ExpertWork.objects.create(expert=expert, page=make_practice(title="Wijkgesprek"))
    booking = Booking.objects.create(
        organisation=make_organisation("Verzwegem"), subject="Stil", offer_kind="training", state=BookingState.CLOSED
    )
    BookingExpert.objects.create(booking=booking, expert=expert, answer=Answer.ACCEPTED)
    expert.unpublish()
    expert.refresh_from_db()
    return expert


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_an_unpublished_expert_leaves_a_dated_tombstone(client, left):
    response = client.get(left.url)
    text = text_of(response)

    assert response.status_code == 410
    for kept in ("Anna Anker", "Bert Boei", "Wijkgesprek", "Zij ging met pensioen."):
        assert kept in text
    assert response.context["deliveries"][0][1] == 1
    assert left.pool_until == timezone.localdate()
    assert f'datetime="{timezone.localdate().isoformat()}"' in text
    assert 'content="noindex"' in text
    for gone in ("Verzwegem", "Kortetekst", "Levensloop", "Advies op maat", "?expert="):
        assert gone not in text


def test_a_period_that_was_over_already_keeps_its_day(client, cast):
    expert = make_expert(pool_until=datetime.date(2026, 3, 1))
    expert.unpublish()

    assert 'datetime="2026-03-01"' in text_of(client.get(expert.url))


def test_an_expiry_by_the_clock_leaves_the_same(client, cast):
    expert = make_expert(expire_at=timezone.now() - datetime.timedelta(minutes=1))
    call_command("publish_scheduled")

    assert client.get(expert.url).status_code == 410


def test_who_comes_back_is_in_the_pool_as_before(client, cast):
    expert = make_expert()
    draft = expert.save_revision()
    expert.unpublish()
    assert client.get(expert.url).status_code == 410

    draft.publish()
    response = client.get(expert.url)
    assert response.status_code == 200
    assert response.context["in_pool"]


@pytest.mark.parametrize("role", ["anonymous", "editor", "practitioner"])
def test_a_closed_expert_who_left_does_not_exist_for_a_stranger(cast, left, role):
    set_page_audience(left, Audience.LIVC_R)

    assert cast.client(role).get(left.url).status_code == 404
    assert cast.client("admin").get(left.url).status_code == 410


def test_a_draft_that_never_was_public_does_not_exist(cast):
    draft = make_expert(live=False)

    assert cast.client("admin").get(f"/experten/{draft.slug}/").status_code == 404


def test_successor_and_practice_are_named_to_who_may_see_them(client, left):
    set_page_audience(ExpertPage.objects.get(title="Bert Boei"), Audience.LIVC_R)
    set_page_audience(Page.objects.get(title="Wijkgesprek"), Audience.LIVC_R)
    text = text_of(client.get(left.url))

    assert "Bert Boei" not in text
    assert "Wijkgesprek" not in text


def test_no_search_or_sitemap_shows_who_left(client, left):
    assert list(build([document_id(left.pk)])) == []
    assert left.slug not in client.get("/sitemap.xml").content.decode()


def test_an_old_address_leads_to_the_tombstone(client, cast, django_capture_on_commit_callbacks):
    expert = make_expert(title="Anna Anker")
    old, expert.slug = expert.url, "anna"
    with django_capture_on_commit_callbacks(execute=True):
        expert.save_revision().publish()
    ExpertPage.objects.get(pk=expert.pk).unpublish()
    response = client.get(old, follow=True)

    assert response.redirect_chain == [("/experten/anna/", 301)]
    assert response.status_code == 410


def test_nobody_deletes_who_was_in_the_pool(cast, left):
    address = reverse("wagtailadmin_pages:delete", args=[left.pk])

    assert cast.client("admin").post(address).status_code == 409
    assert ExpertPage.objects.filter(pk=left.pk).exists()

"""The Atom feed: the newest practices that the reader may see, with ids that never change."""

import datetime
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from tests.factories import make_practice

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client):
    response = client.get(reverse("practice_feed"))
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content).findall(f"{ATOM}entry")


def titles(client):
    return [entry.findtext(f"{ATOM}title") for entry in entries(client)]


def test_newest_first_and_at_most_thirty(client, tree):
    now = timezone.now()
    for age in range(32):
        make_practice(title=f"Van {age} dagen", first_published_at=now - datetime.timedelta(days=age))

    found = titles(client)

    assert len(found) == 30
    assert found[0] == "Van 0 dagen"


def test_drafts_and_restricted_practices_stay_out_for_who_may_not_see_them(cast):
    make_practice(live=False)
    closed = make_practice(title="Besloten")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)

    assert titles(cast.client("anonymous")) == []
    assert titles(cast.client("practitioner")) == ["Besloten"]


def test_an_entry_keeps_its_id_when_the_page_moves_and_tells_when_it_changed(client, tree):
    practice = make_practice()
    [before] = entries(client)
    practice.slug = "nieuw-adres"
    practice.save_revision().publish()

    [after] = entries(client)

    assert before.findtext(f"{ATOM}id") == after.findtext(f"{ATOM}id")
    assert before.findtext(f"{ATOM}id").startswith("tag:")
    assert before.findtext(f"{ATOM}updated") < after.findtext(f"{ATOM}updated")
    assert "nieuw-adres" in after.find(f"{ATOM}link").get("href")


def test_characters_that_xml_cannot_hold_break_nothing(client, tree):
    make_practice(title="Een \x0b rare <titel> & 😀", summary="met \x01 tekens")

    assert titles(client) == ["Een  rare <titel> & 😀"]


def test_the_listing_points_to_the_feed(client, tree):
    assert reverse("practice_feed") in client.get(tree.index.url).content.decode()


def test_the_feed_leads_to_the_list_and_names_its_own_address(client, tree):
    feed = ElementTree.fromstring(client.get(reverse("practice_feed")).content)
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"].endswith(reverse("practice_feed"))
    assert links["alternate"].endswith("/zoeken/?soort=praktijk")

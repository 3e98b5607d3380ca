"""The page of an expert: what it shows, to whom, and what it never does."""

import datetime
import json
import re

import pytest
from django.utils import timezone
from wagtail.models import Revision

from experts.choices import Answer, BookingState
from experts.directory.search import build, document_id
from experts.models import Booking, BookingExpert, ExpertPage, ExpertPrivate, ExpertReference, ExpertWork
from people.audiences import Audience
from people.services.closing import set_page_audience
from taxonomy.models import Scheme
from tests.experts.factories import acting_for, make_desk, make_expert, make_offer
from tests.factories import ImageFactory, make_concept, make_organisation, make_practice

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.slow]
SECRETS = {"email": "geheim@voorbeeld.be", "mobile": "0470 99 88 77", "iban": "BE68539007547034", "notes": "kwelnota"}


def in_days(number):
    return timezone.localdate() + datetime.timedelta(days=number)


@pytest.fixture
def expert(cast):
    found = make_expert(
        title="Anna Anker",
        biography="<p>Werkt al jaren met wijken.</p>",
        organisation=make_organisation("Havenhuis"),
        specialisms=[make_concept("bemiddeling", Scheme.METHOD)],
        themes=[make_concept("polarisatie")],
    )
    ExpertPrivate.objects.filter(expert=found).update(**SECRETS)
    make_offer(
        found,
        kind="training",
        title="Oefendag",
        day_parts=2,
        group_min=4,
        group_max=9,
        municipality_cost=1250,
        pool_cost=62.5,
    )
    return found


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_page_shows_what_a_municipality_has_to_know(client, expert):
    text = text_of(client.get(expert.url))

    for words in ("Anna Anker", "Havenhuis", "al jaren met wijken", "Oefendag", "bemiddeling", "polarisatie", ">AA<"):
        assert words in text
    assert "€ 62,50" in text
    assert re.search(r"€ 1.250<", text)
    assert f"expert={expert.slug}" in text


def test_a_photo_stands_where_the_initials_would(client, expert):
    expert.photo = ImageFactory()
    expert.save()
    text = text_of(client.get(expert.url))

    assert "<img" in text.split('class="expert-head"')[1].split("</header>")[0]
    assert ">AA<" not in text


def test_structured_data_names_her_and_nothing_private(client, expert):
    found = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', text_of(client.get(expert.url)))
    person = json.loads(found.group(1))["@graph"][0]

    assert person["@type"] == "Person"
    assert person["name"] == "Anna Anker"
    assert not {"email", "telephone", "address"} & set(person)


@pytest.mark.parametrize("role", ["anonymous", "practitioner", "editor", "moderator", "admin"])
def test_private_data_is_on_no_page_in_no_revision_search_or_feed(cast, expert, role):
    expert.save_revision().publish()
    client = cast.client(role)
    urls = (expert.url, "/experten/", "/zoeken/?q=kwelnota", "/zoeken/?q=anker", "/praktijken/atom.xml", "/sitemap.xml")
    answers = "".join(text_of(client.get(url)) for url in urls).replace("/zoeken/?q=kwelnota", "")
    answers = answers.replace('value="kwelnota"', "").replace("“kwelnota”", "").replace("q=kwelnota", "")
    document = next(iter(build([document_id(expert.pk)])))
    held = str([r.content for r in Revision.objects.for_instance(expert)]) + repr(document)

    for secret in SECRETS.values():
        assert secret not in held
        if secret != "kwelnota":
            assert secret not in answers


def test_what_she_took_part_in_is_on_both_pages(client, expert):
    practice = make_practice(title="Wijkgesprek")
    ExpertWork.objects.create(expert=expert, page=practice)

    assert "Wijkgesprek" in text_of(client.get(expert.url))
    assert "Anna Anker" in text_of(client.get(practice.url))


def test_a_closed_page_is_no_trace_on_the_other(cast, expert):
    practice = make_practice(title="Wijkgesprek")
    ExpertWork.objects.create(expert=expert, page=practice)
    set_page_audience(practice, Audience.LIVC_R)
    assert "Wijkgesprek" not in text_of(cast.client("anonymous").get(expert.url))

    set_page_audience(practice, Audience.PUBLIC)
    set_page_audience(expert, Audience.LIVC_R)
    assert "Anna Anker" not in text_of(cast.client("anonymous").get(practice.url))
    assert cast.client("anonymous").get(expert.url).status_code == 404
    assert cast.client("editor").get(expert.url).status_code == 404
    assert cast.client("admin").get(expert.url).status_code == 200


def test_who_left_the_pool_keeps_a_page_that_says_so(client, expert):
    heir = make_expert(title="Bert Boei")
    practice = make_practice(title="Wijkgesprek")
    ExpertWork.objects.create(expert=expert, page=practice)
    booking = Booking.objects.create(
        organisation=make_organisation("Verzwegem"), subject="Stil", offer_kind="training", state=BookingState.CLOSED
    )
    BookingExpert.objects.create(booking=booking, expert=expert, answer=Answer.ACCEPTED)
    ExpertPage.objects.filter(pk=expert.pk).update(pool_until=in_days(-1), expert_successor=heir)
    response = client.get(expert.url)
    text = text_of(response)

    assert response.status_code == 200
    assert response.context["ask_url"] == ""
    assert f"expert={expert.slug}" not in text
    assert "Bert Boei" in text
    assert "Wijkgesprek" in text
    assert response.context["deliveries"][0][1] == 1
    assert "Verzwegem" not in text
    assert 'content="noindex"' in text


def test_a_closed_successor_is_not_named(client, expert):
    heir = make_expert(title="Bert Boei")
    set_page_audience(heir, Audience.LIVC_R)
    ExpertPage.objects.filter(pk=expert.pk).update(pool_until=in_days(-1), expert_successor=heir)

    assert "Bert Boei" not in text_of(client.get(expert.url))


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"confirmed_on": in_days(-10)}, True),
        ({"confirmed_on": in_days(-366)}, False),
        ({"confirmed_on": None}, False),
        ({"confirmed_on": in_days(-10), "refused_on": in_days(-1)}, False),
    ],
)
def test_only_confirmed_references_are_shown_without_the_referee(client, expert, fields, shown):
    ExpertReference.objects.create(
        expert=expert,
        organisation="Stad Aan Zee",
        what="Vorming",
        when="2025",
        referee_name="Rita Referent",
        referee_email="rita@voorbeeld.be",
        **fields,
    )
    text = text_of(client.get(expert.url))

    assert ("Stad Aan Zee" in text) == shown
    assert "Rita" not in text
    assert "rita@" not in text


def test_the_page_costs_a_fixed_number_of_queries(client, expert, django_assert_max_num_queries):
    client.get(expert.url)
    for number in range(6):
        make_offer(expert, title=f"Aanbod {number}")
        ExpertWork.objects.create(expert=expert, page=make_practice(title=f"Praktijk {number}"))
    with django_assert_max_num_queries(30):
        client.get(expert.url)


def test_the_experts_account_and_the_desk_see_the_same_page(client, expert):
    for user in (acting_for(expert), make_desk()):
        client.force_login(user)
        text = text_of(client.get(expert.url))
        assert not [secret for secret in SECRETS.values() if secret in text]

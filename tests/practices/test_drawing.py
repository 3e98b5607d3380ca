"""Lists are drawn in Python: what somebody typed never becomes markup, and a card asks the database nothing."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from core.finding.drawing import facets_html
from core.finding.options import FacetGroup, Option
from practices.cards import cards, visible_pages
from practices.drawing import card_html
from practices.models import PracticePage
from tests.factories import make_concept, make_organisation, make_practice
from tests.practices.conftest import reindex

pytestmark = pytest.mark.django_db
EVIL = '<i>"x" & y</i>'
ESCAPED = "&lt;i&gt;&quot;x&quot; &amp; y&lt;/i&gt;"


def evil_practice() -> PracticePage:
    sectors = [make_concept(EVIL, scheme="sector", slug="kwaad")]
    return make_practice(title=EVIL, summary=EVIL, sectors=sectors, ran_in=[make_organisation(name=EVIL)], tags=[EVIL])


def test_a_list_holds_no_markup_that_somebody_typed(client: Client, index: None) -> None:
    evil_practice()
    reindex()
    for address in ("/praktijken/", "/praktijken/?q=x", "/zoeken/?q=x"):
        html = client.get(address).content.decode()
        assert "<i>" not in html
        assert ESCAPED in html


def test_a_card_holds_no_markup_that_somebody_typed() -> None:
    (card,) = cards([evil_practice()])
    html = card_html(card)
    assert "<i>" not in html
    assert html.count(ESCAPED) == 4  # title, summary, sector, place


def test_a_facet_holds_no_markup_in_any_of_its_texts() -> None:
    values = [Option(EVIL, EVIL, 1, True), *(Option(f"{EVIL}{n}", "y", 1, False) for n in range(20))]
    html = facets_html([FacetGroup(EVIL, EVIL, values, EVIL)])
    assert "<i>" not in html
    assert f'value="{ESCAPED}" checked' in html


def test_a_card_needs_no_field_that_was_left_out() -> None:
    pages = visible_pages([make_practice(ran_in=[make_organisation()]).pk], AnonymousUser())
    (card,) = cards(list(pages.values()))
    left_out = card.page.get_deferred_fields()
    assert "problem" in left_out
    assert card_html(card)
    assert card.page.get_deferred_fields() == left_out


def test_the_address_on_a_card_is_that_of_its_page() -> None:
    pages = [make_practice() for _ in range(3)]
    assert [card.url for card in cards(pages)] == [page.url for page in pages]

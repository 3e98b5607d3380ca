"""Who reads a page that is not public sees for whom it is: on the page, on its cards, on paper."""

import io

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pypdf import PdfReader

from people.audiences import Audience
from people.labels import SENTENCES, SHORT, label_of
from people.services.closing import set_page_audience
from practices.models import PracticePage
from tests.conftest import Cast
from tests.factories import StandardPageFactory, Tree, let_into_livc, make_practice
from tests.practices.conftest import reindex

pytestmark = pytest.mark.django_db
WORDS = str(SHORT[Audience.LIVC_R])


@pytest.fixture
def member(index: None, tree: Tree, cast: Cast) -> Client:
    """In a LIVC-R. There is a public practice and a closed one, and a closed page."""
    let_into_livc(cast.practitioner)
    make_practice(title="Openbaar overleg", slug="openbaar")
    closed = make_practice(title="Besloten overleg", slug="besloten")
    page = StandardPageFactory(parent=tree.home, title="Agenda van het overleg", slug="agenda")
    for thing in (closed, page):
        set_page_audience(thing, Audience.LIVC_R)
    reindex()
    return cast.client("practitioner")


def labelled(client: Client, url: str, selector: str) -> dict[str, bool]:
    """Title of each card or result → whether it carries the label."""
    page = BeautifulSoup(client.get(url).content, "html.parser")
    cards = page.select(selector)
    return {
        " ".join(card.select_one("a").get_text().split()): WORDS in card.get_text()
        for card in cards
        if card.select_one("a")
    }


def test_the_page_itself_says_for_whom_it_is(member: Client) -> None:
    for url, expected in (("/praktijken/besloten/", 1), ("/agenda/", 1), ("/praktijken/openbaar/", 0)):
        page = BeautifulSoup(member.get(url).content, "html.parser")
        labels = page.select(".audience--page")
        assert [label.get_text(strip=True) for label in labels] == [str(SENTENCES[Audience.LIVC_R])] * expected, url


@pytest.mark.parametrize(
    ("url", "selector"), [("/", ".card"), ("/praktijken/", ".result"), ("/zoeken/?q=overleg", ".result")]
)
def test_cards_and_results_say_it_of_what_is_closed_only(member: Client, url: str, selector: str) -> None:
    found = labelled(member, url, selector)
    assert found["Besloten overleg"] is True
    assert found["Openbaar overleg"] is False
    assert found.get("Agenda van het overleg", True) is True


def test_a_page_in_a_closed_section_carries_the_narrowest_label(tree: Tree, member: Client) -> None:
    set_page_audience(tree.index, Audience.PRACTITIONERS)
    of = {page.slug: label_of(page) for page in PracticePage.objects.all()}
    assert (of["besloten"].audience, of["besloten"].source) == (Audience.LIVC_R, None)
    assert (of["openbaar"].audience, of["openbaar"].source.pk) == (Audience.PRACTITIONERS, tree.index.pk)


def test_the_pdf_says_it_and_follows_a_change_at_once(member: Client) -> None:
    def text() -> str:
        pdf = PdfReader(io.BytesIO(member.get("/praktijken/besloten/pdf/").content))
        return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())

    assert str(SENTENCES[Audience.LIVC_R]) in text()
    set_page_audience(PracticePage.objects.get(slug="besloten"), Audience.PRACTITIONERS)
    assert str(SENTENCES[Audience.PRACTITIONERS]) in text()
    set_page_audience(PracticePage.objects.get(slug="besloten"), Audience.PUBLIC)
    assert not any(str(SENTENCES[audience]) in text() for audience in (Audience.LIVC_R, Audience.PRACTITIONERS))

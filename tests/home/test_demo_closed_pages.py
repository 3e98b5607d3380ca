"""The demo's closed pages: each login sees what her audience may see, and the teaser is the only thing outside it."""

import pytest

from home.demo.closed_pages import PAGES, load_closed_pages
from home.models import StandardPage
from people.audiences import Audience
from tests.closed_world import make_clients
from tests.conftest import Cast

pytestmark = pytest.mark.django_db


def test_each_login_sees_a_difference(cast: Cast) -> None:
    assert load_closed_pages() == len(PAGES)
    clients = make_clients(cast)

    def seen(role: str) -> list[bool]:
        answers = [clients[role].get(f"/{page.slug}/") for page in PAGES]
        return [page.paragraphs[0] in answer.content.decode() for page, answer in zip(PAGES, answers, strict=True)]

    assert [page.audience for page in PAGES] == [Audience.PRACTITIONERS, Audience.LIVC_R]
    assert (seen("anonymous"), seen("stranger")) == ([False, False], [False, False])
    assert (seen("professional"), seen("livc")) == ([True, False], [True, True])
    assert PAGES[0].teaser in clients["anonymous"].get(f"/{PAGES[0].slug}/").content.decode()
    assert clients["professional"].get(f"/{PAGES[1].slug}/").status_code == 404


def test_loading_again_makes_nothing_twice(cast: Cast) -> None:
    load_closed_pages()
    assert load_closed_pages() == 0
    assert StandardPage.objects.filter(slug__in=[page.slug for page in PAGES]).count() == len(PAGES)

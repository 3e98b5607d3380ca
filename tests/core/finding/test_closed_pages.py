"""A page for one group leaves no trace on the search page, in suggestions or beside other pages."""

import pytest
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction

from home.models import StandardPage
from tests.conftest import Cast
from tests.factories import StandardPageFactory, Tree, make_concept
from tests.practices.conftest import reindex

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
RARE = "zeldzaamwoord"
TEXT = f"Moedergroepen bespreken opvoeding en zonen in een buurthuis: {RARE}."


@pytest.fixture
def secret(library: str, tree: Tree, cast: Cast) -> StandardPage:
    """Only for one group. A public page and a term have much in common with it."""
    StandardPageFactory(parent=tree.home, title="Openbaar", slug="openbaar", intro=TEXT.replace(RARE, "samen"))
    make_concept("moedergroep", slug="moedergroep", definition=TEXT.replace(RARE, "samen"))
    for number in range(16):  # a word on many of few pages tells nothing
        make_concept(f"ander begrip {number}", definition="Iets heel anders.")
    page = StandardPageFactory(parent=tree.home, title=f"Over {RARE}", slug="geheim", intro=TEXT)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(Group.objects.get_or_create(name="Werkgroep")[0])
    reindex()
    return page


ADDRESSES = (
    "/zoeken/",
    f"/zoeken/?q={RARE}",
    f"/zoeken/?q={RARE[:-2]}",
    f"/zoeken/?q={RARE.replace('w', 'v')}",
    f"/zoeken/?q={RARE}&literal=1&soort=begrip",
    f"/zoeken/?q={RARE}&van=2020-01-01",
    "/zoeken/?q=moedergroepen",
    "/zoeken/?soort=pagina",
    f"/zoeken/suggesties/?q={RARE[:-2]}",
    "/zoeken/suggesties/?q=over",
    "/openbaar/",
    "/begrippen/moedergroep/",
)


@pytest.mark.parametrize("role", ["anonymous", "practitioner"])
def test_no_output_shows_a_trace_to_a_stranger(secret: StandardPage, cast: Cast, role: str) -> None:
    for address in ADDRESSES:
        body = cast.client(role).get(address).content.decode()
        assert f"Over {RARE}" not in body, address
        assert "/geheim/" not in body, address
        assert RARE not in body or f"q={RARE}" in address, address


def test_counts_and_corrections_do_not_know_it(secret: StandardPage, cast: Cast) -> None:
    def kinds(role: str) -> dict[str, int]:
        groups = cast.client(role).get("/zoeken/").context["listing"].facets
        return {v.value: v.count for v in groups[0].values}

    def suggestion(role: str) -> str | None:
        wrong = {"q": RARE.replace("a", "e", 1)}
        return cast.client(role).get("/zoeken/", wrong).context["listing"].suggestion

    assert kinds("admin")["pagina"] == kinds("practitioner")["pagina"] + 1
    assert (suggestion("practitioner"), suggestion("admin")) == (None, RARE)


def test_who_may_see_it_finds_it_everywhere(secret: StandardPage, cast: Cast) -> None:
    cast.practitioner.groups.add(Group.objects.get(name="Werkgroep"))
    client = cast.client("practitioner")
    for address in (
        f"/zoeken/?q={RARE}",
        f"/zoeken/suggesties/?q={RARE[:-2]}",
        "/openbaar/",
        "/begrippen/moedergroep/",
    ):
        assert "/geheim/" in client.get(address).content.decode(), address


@pytest.mark.parametrize("address", ["/zoeken/?q=straks", "/zoeken/suggesties/?q=straks", "/begrippen/moedergroep/"])
def test_an_index_that_lags_behind_shows_nothing_closed(secret: StandardPage, cast: Cast, tree, address: str) -> None:
    page = StandardPageFactory(parent=tree.home, title="Straks besloten", slug="straks", intro=TEXT)
    reindex()
    client = cast.client("anonymous")
    assert "/straks/" in client.get(address).content.decode()
    restriction = PageViewRestriction(page=page, restriction_type=PageViewRestriction.LOGIN)
    PageViewRestriction.objects.bulk_create([restriction])  # no signal: the index still calls it public
    assert "/straks/" not in client.get(address).content.decode()

"""A practice for one group leaves no trace for anybody else, in any output."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from core.finding.listing import presented
from practices.models import PracticePage
from practices.search import document_id
from tests.conftest import Cast
from tests.factories import Tree, let_into_livc, make_organisation, make_practice, make_user
from tests.practices.conftest import reindex

pytestmark = pytest.mark.django_db
RARE = "zeldzaamwoord"


@pytest.fixture
def secret(index: None, tree: Tree, cast: Cast) -> PracticePage:
    """A practice that only the group LIVC-R may see; the practitioner is not in it, the admin sees all."""
    town = make_organisation("Geheimstad", nis_code="99999", latitude=51.0, longitude=4.0)
    practice = make_practice(title=f"Werken met {RARE}", ran_in=[town], tags=[RARE])
    make_practice(title="Openbare praktijk")
    restriction = PageViewRestriction.objects.create(page=practice, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(Group.objects.get_or_create(name="LIVC-R")[0])
    reindex()
    return practice


def outputs(secret: PracticePage, listing: str) -> list[str]:
    return [
        "/",
        listing,
        f"{listing}?q={RARE}",
        f"{listing}?q={RARE[:-2]}",
        f"{listing}?q={RARE.replace('w', 'v')}",
        f"{listing}?q={RARE}&literal=1&niveau=tertiary",
        f"{reverse('search_suggestions')}?q={RARE[:-2]}",
        f"{reverse('search_suggestions')}?q=geheims",
        f"{listing}?label={RARE}",
        f"{listing}?gemeente=99999",
        f"{listing}?alle=label&alle=gemeente",
        reverse("practice_export", args=["csv"]),
        reverse("practice_municipalities"),
        reverse("practice_feed"),
        reverse("concepts"),
        reverse("concept", args=["jongeren"]),
        reverse("practice_pdf", args=[secret.slug]),
        "/sitemap.xml",
        secret.url,
    ]


@pytest.mark.parametrize("role", ["anonymous", "practitioner"])
def test_no_output_shows_a_trace_to_a_stranger(secret: PracticePage, tree: Tree, cast: Cast, role: str) -> None:
    for url in outputs(secret, tree.index.url):
        response = cast.client(role).get(url)
        # The address that was asked for may stand on the page (printed under it): whoever asked knows it.
        body = response.content.decode("utf-8", "replace").replace(secret.slug, "")
        asked = (body.count(RARE) and f"q={RARE}" in url) or f"label={RARE}" in url
        assert f"Werken met {RARE}" not in body, url
        assert asked or RARE not in body, url
        assert "Geheimstad" not in body or "gemeente=" in url, url


def test_no_count_gives_it_away(secret: PracticePage, tree: Tree, cast: Cast) -> None:
    listing = cast.client("practitioner").get(tree.index.url).context["listing"]
    assert listing.total == 1
    assert all(value.count <= 1 for group in listing.facets for value in group.values)
    assert "provincie" not in {group.name for group in listing.facets}


def test_the_correction_does_not_know_the_word(secret: PracticePage, tree: Tree, cast: Cast) -> None:
    wrong = RARE.replace("a", "e", 1)
    stranger = cast.client("practitioner").get(tree.index.url, {"q": wrong}).context["listing"]
    insider = cast.client("admin").get(tree.index.url, {"q": wrong}).context["listing"]
    assert stranger.suggestion is None
    assert insider.suggestion == RARE


def test_who_may_see_it_finds_it(secret: PracticePage, tree: Tree, cast: Cast) -> None:
    let_into_livc(cast.practitioner)
    client = cast.client("practitioner")
    assert client.get(tree.index.url, {"q": RARE}).context["listing"].total == 1
    assert client.get(secret.url).status_code == 200
    assert client.get(reverse("practice_pdf", args=[secret.slug])).status_code == 200


def test_an_index_that_lags_behind_shows_nothing_restricted(index: None, tree: Tree, cast: Cast) -> None:
    practice = make_practice(title=f"Straks voor weinigen {RARE}")
    reindex()
    restriction = PageViewRestriction(page=practice, restriction_type=PageViewRestriction.GROUPS)
    PageViewRestriction.objects.bulk_create([restriction])  # no signal: the index still calls it public
    assert cast.client("anonymous").get(tree.index.url).context["listing"].hits == []


@pytest.mark.django_db(transaction=True)  # within a transaction nothing is remembered for a generation
def test_what_was_remembered_for_a_member_is_not_shown_to_a_stranger(
    secret: PracticePage, tree: Tree, cast: Cast
) -> None:
    member, address = make_user("lid@voorbeeld.be"), f"{tree.index.url}?label={RARE}"
    let_into_livc(member)
    signed_in = Client()
    signed_in.force_login(member)

    for _again in range(2):
        assert f"Werken met {RARE}" in signed_in.get(address).content.decode()
        assert f"Werken met {RARE}" not in Client().get(address).content.decode()
        found = presented([document_id(secret.pk)], AnonymousUser())
        assert found == {}

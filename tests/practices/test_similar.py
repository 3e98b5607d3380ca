""" "More like this": what shares the telling words, and nothing that the reader may not see."""

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from practices.models import PracticePage, RelatedPractice
from taxonomy.models import Scheme
from tests.conftest import Cast
from tests.factories import Tree, make_concept, make_practice
from tests.practices.conftest import reindex

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.slow]
MOTHERS = "Moedergroepen bespreken opvoeding, sociale media en zorgen over zonen in een buurthuis."


@pytest.fixture
def mothers(index: None, tree: Tree) -> PracticePage:
    """One practice, two like it, and others that have nothing to do with it."""
    family = make_concept("opvoedingsondersteuning", Scheme.THEME)
    practice = make_practice(title="Moedergroepen in het buurthuis", summary=MOTHERS, themes=[family])
    make_practice(title="Vadergroepen", summary="Vaders bespreken opvoeding en zonen.", themes=[family])
    make_practice(title="Moeders en sociale media", summary=MOTHERS)
    for number in range(8):
        make_practice(title=f"Justitiehuis {number}", summary="Een justitieassistent volgt voorwaarden op.")
    reindex()
    return practice


def similar(client: Client, practice: PracticePage) -> list[str]:
    return [card.page.title for card in client.get(practice.url).context["similar"]]


def test_what_shares_the_telling_words_comes_first(client: Client, mothers: PracticePage) -> None:
    assert set(similar(client, mothers)[:2]) == {"Moeders en sociale media", "Vadergroepen"}
    assert mothers.title not in similar(client, mothers)


def test_what_an_editor_related_is_not_repeated(client: Client, mothers: PracticePage) -> None:
    other = PracticePage.objects.get(title="Vadergroepen")
    mothers.related_links = [RelatedPractice(related=other)]
    mothers.save()
    context = client.get(mothers.url).context
    assert [card.page.pk for card in context["related"]] == [other.pk]
    assert other.pk not in [card.page.pk for card in context["similar"]]
    assert "Moeders en sociale media" in similar(client, mothers)


@pytest.mark.parametrize("indexed", [True, False], ids=["index", "lagging"])
def test_a_closed_practice_is_like_nothing_for_a_stranger(cast: Cast, mothers: PracticePage, indexed: bool) -> None:
    secret = PracticePage.objects.get(title="Vadergroepen")
    restriction = PageViewRestriction(page=secret, restriction_type=PageViewRestriction.LOGIN)
    if indexed:
        restriction.save()
        reindex()
    else:
        PageViewRestriction.objects.bulk_create([restriction])  # no signal: the index still calls it public
    assert "Vadergroepen" not in similar(cast.client("anonymous"), mothers)
    assert "Vadergroepen" in similar(cast.client("practitioner"), mothers)


def test_withdrawn_ones_go_and_an_index_that_is_gone_breaks_nothing(
    client: Client, mothers: PracticePage, settings, tmp_path
) -> None:
    PracticePage.objects.filter(title="Vadergroepen").update(live=False)
    assert "Vadergroepen" not in similar(client, mothers)
    settings.SEARCH_INDEX_DIR = tmp_path / "gone"
    assert similar(client, mothers) == []

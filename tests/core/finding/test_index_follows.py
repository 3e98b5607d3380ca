"""Whatever changes the document of a page or a term reaches the index after commit."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction

from home.models import StandardPage
from search.api import get_engine
from search.models import OutboxEntry
from taxonomy import services
from taxonomy.models import Concept
from tests.factories import StandardPageFactory, Tree, make_concept
from tests.practices.conftest import reindex

pytestmark = pytest.mark.django_db
Change = Callable[[], object]


def indexed() -> dict[str, str]:
    return dict(get_engine().ids())


def page() -> StandardPage:
    return StandardPage.objects.get(slug="waarom")


def term() -> Concept:
    return Concept.objects.get(slug="polarisatie")


def publish() -> None:
    found = page()
    found.title = "Waarom wij dit doen"
    found.save_revision().publish()


def restrict() -> None:
    restriction = PageViewRestriction.objects.create(page=page(), restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(Group.objects.create(name="Weinigen"))


def move_below_a_closed_page() -> None:
    closed = StandardPage.objects.get(slug="besloten")
    page().move(closed, pos="last-child")


def redefine() -> None:
    found = term()
    found.definition = "Wij tegen zij."
    found.save()


@pytest.fixture
def world(library: str, tree: Tree) -> None:
    closed = StandardPageFactory(parent=tree.home, title="Besloten", slug="besloten")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    make_concept("verdeeldheid", slug="verdeeldheid")
    reindex()


@pytest.mark.parametrize(
    ("change", "of"),
    [
        (publish, page),
        (restrict, page),
        (move_below_a_closed_page, page),
        (redefine, term),
        (lambda: services.merge(concept=Concept.objects.get(slug="verdeeldheid"), into=term()), term),
    ],
    ids=["publish", "restrict", "move", "redefine", "merge"],
)
def test_a_change_reaches_the_index(
    world: None, change: Change, of: Callable[[], object], django_capture_on_commit_callbacks
) -> None:
    key = f"{'page' if of is page else 'concept'}:{of().pk}"  # type: ignore[attr-defined]
    before = indexed()[key]
    with django_capture_on_commit_callbacks(execute=True):
        change()
    assert indexed()[key] != before
    assert not OutboxEntry.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        lambda: page().unpublish(),
        lambda: page().delete(),
        lambda: services.retire(concept=Concept.objects.get(slug="verdeeldheid")),
        lambda: services.merge(concept=Concept.objects.get(slug="verdeeldheid"), into=term()),
        lambda: Concept.objects.get(slug="verdeeldheid").delete(),
    ],
    ids=["unpublish", "delete page", "retire", "merge", "delete term"],
)
def test_what_is_gone_leaves_the_index(world: None, change: Change, django_capture_on_commit_callbacks) -> None:
    before = len(indexed())
    with django_capture_on_commit_callbacks(execute=True):
        change()
    assert len(indexed()) == before - 1
    assert not OutboxEntry.objects.exists()


def test_a_term_that_is_brought_back_is_found_again(world: None, django_capture_on_commit_callbacks) -> None:
    concept = Concept.objects.get(slug="verdeeldheid")
    with django_capture_on_commit_callbacks(execute=True):
        services.retire(concept=concept)
        services.reinstate(concept=concept)
    assert f"concept:{concept.pk}" in indexed()


def test_a_draft_is_nobodys_business(world: None) -> None:
    OutboxEntry.objects.all().delete()
    found = page()
    found.title = "Nog niet"
    found.save_revision()
    assert not OutboxEntry.objects.exists()

"""Whatever changes a practice's document reaches the index after commit."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction

from practices.models import PracticePage
from search.api import get_engine
from search.models import OutboxEntry
from tests.factories import Tree, make_concept, make_organisation, make_practice
from tests.practices.conftest import reindex

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice(index: None, tree: Tree) -> PracticePage:
    practice = make_practice(
        title="Buurtsport", themes=[make_concept("sport", slug="sport")], ran_in=[make_organisation()]
    )
    reindex()
    return practice


def fingerprint(practice: PracticePage) -> str | None:
    return dict(get_engine().ids()).get(f"practice:{practice.pk}")


def publish(practice: PracticePage) -> None:
    practice.title = "Buurtsport op het plein"
    practice.save_revision().publish()


def unpublish(practice: PracticePage) -> None:
    practice.unpublish()


def delete(practice: PracticePage) -> None:
    PracticePage.objects.get(pk=practice.pk).delete()


def restrict(practice: PracticePage) -> None:
    restriction = PageViewRestriction.objects.create(page=practice, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(Group.objects.create(name="Weinigen"))


def rename_concept(practice: PracticePage) -> None:
    concept = practice.themes.first()
    concept.label = "sport en spel"
    concept.save()


def rename_municipality(practice: PracticePage) -> None:
    organisation = practice.ran_in.first().organisation
    organisation.name = "Nieuwe Stad"
    organisation.save()


@pytest.mark.parametrize("change", [publish, restrict, rename_concept, rename_municipality])
def test_a_change_reaches_the_index(
    practice: PracticePage,
    change: Callable[[PracticePage], None],
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    before = fingerprint(practice)
    with django_capture_on_commit_callbacks(execute=True):
        change(practice)
    assert before is not None
    assert fingerprint(practice) not in {before, None}
    assert not OutboxEntry.objects.exists()


@pytest.mark.parametrize("change", [unpublish, delete])
def test_what_is_gone_leaves_the_index(
    practice: PracticePage,
    change: Callable[[PracticePage], None],
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        change(practice)
    assert fingerprint(practice) is None


def test_a_change_waits_in_the_outbox_until_it_commits(practice: PracticePage) -> None:
    before = fingerprint(practice)
    publish(practice)
    assert fingerprint(practice) == before
    assert OutboxEntry.objects.filter(document_id=f"practice:{practice.pk}").exists()

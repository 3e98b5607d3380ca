"""For every way in which a practice's document can change: the outbox alone makes the index equal the database."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from unittest import mock

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings
from taggit.models import Tag
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from core import generation
from core.attachments.models import DocumentText, Status
from keeping.services import confirm
from people.models import Organisation
from people.municipalities import load_municipalities
from practices.models import PracticeIndexPage, PracticeMaterial, PracticePage
from practices.search import document_id
from search import documents
from search.api import get_engine
from search.models import OutboxEntry
from search.outbox import drain_all
from search.verify import compare
from taxonomy import services as vocabulary
from taxonomy.models import Concept
from tests.conftest import Cast
from tests.factories import (
    PracticeIndexPageFactory,
    Tree,
    make_concept,
    make_document,
    make_organisation,
    make_practice,
)
from tests.practices.conftest import reindex

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@dataclass
class World:
    """One practice with everything that its document is made of; it lies below a list of its own."""

    tree: Tree
    cast: Cast
    listing: PracticeIndexPage
    practice: PracticePage
    theme: Concept
    other_theme: Concept
    municipality: Organisation
    successor: Organisation
    contact: Organisation
    document: object
    group: Group

    def now(self) -> PracticePage:
        return PracticePage.objects.get(pk=self.practice.pk)

    def post(self, address: str, **data: object) -> None:
        assert self.cast.client("admin").post(f"/beheer/{address}", data).status_code in {200, 302}


@pytest.fixture
def world(index: None, cast: Cast, tree: Tree) -> World:
    listing = PracticeIndexPageFactory(parent=tree.index, title="Lokaal", slug="lokaal")
    successor = make_organisation("Nieuwstad", nis_code="99001")
    municipality = make_organisation("Oudstad", nis_code="99002", merged_into=successor)
    contact = make_organisation("Politiezone Zuid", kind="police_zone")
    theme, other = make_concept("sport"), make_concept("spel")
    practice = make_practice(
        title="Buurtsport",
        parent=listing,
        themes=[theme],
        ran_in=[municipality],
        tags=["plein"],
        contact_organisation=contact,
    )
    document = make_document(title="Draaiboek")
    PracticeMaterial.objects.create(practice=practice, document=document)
    row, _created = DocumentText.objects.get_or_create(document=document)
    row.status, row.reason, row.text = Status.SEARCHABLE, "", "Zorg voor een bal."
    row.save()
    make_practice(title="Een andere praktijk")
    group = Group.objects.create(name="Weinigen")
    reindex()
    return World(tree, cast, listing, practice, theme, other, municipality, successor, contact, document, group)


def publish(world: World) -> None:
    page = world.now()
    page.title = "Buurtsport op het plein"
    page.save_revision().publish()


def publish_in_the_admin_from_a_list(world: World) -> None:
    unpublish(world)
    drain_all()
    world.post(f"bulk/wagtailcore/page/publish/?id={world.practice.pk}&next=/beheer/")
    assert world.now().live


def unpublish(world: World) -> None:
    world.now().unpublish()


def unpublish_below_a_list_in_the_admin(world: World) -> None:
    world.post(f"pages/{world.listing.pk}/unpublish/", include_descendants="on")
    assert not world.now().live


def unpublish_from_a_list_in_the_admin(world: World) -> None:
    world.post(f"bulk/wagtailcore/page/unpublish/?id={world.listing.pk}&next=/beheer/", include_descendants="on")
    assert not world.now().live


def go_live_as_planned(world: World) -> None:
    page = world.now()
    page.title, page.go_live_at = "Later", timezone.now() + datetime.timedelta(hours=1)
    page.save_revision().publish()
    drain_all()
    with mock.patch.object(timezone, "now", return_value=timezone.now() + datetime.timedelta(hours=2)):
        call_command("publish_scheduled")
    assert world.now().title == "Later"


def expire_as_planned(world: World) -> None:
    page = world.now()
    page.expire_at = timezone.now() + datetime.timedelta(hours=1)
    page.save_revision().publish()
    drain_all()
    with mock.patch.object(timezone, "now", return_value=timezone.now() + datetime.timedelta(hours=2)):
        call_command("publish_scheduled")
    assert not world.now().live


def confirm_it(world: World) -> None:
    confirm(page=world.now(), by=world.cast.admin, today=timezone.localdate() + datetime.timedelta(days=3))


def delete(world: World) -> None:
    world.now().delete()


def delete_the_list_above(world: World) -> None:
    Page.objects.get(pk=world.listing.pk).delete()
    assert not PracticePage.objects.filter(pk=world.practice.pk).exists()


def restrict_it(world: World) -> None:
    PageViewRestriction.objects.create(page=world.practice, restriction_type=PageViewRestriction.LOGIN)


def restrict_the_list_above_to_a_group(world: World) -> PageViewRestriction:
    restriction = PageViewRestriction.objects.create(page=world.listing, restriction_type=PageViewRestriction.GROUPS)
    restriction.groups.add(world.group)
    return restriction


def change_the_groups_of_a_restriction(world: World) -> None:
    restriction = restrict_the_list_above_to_a_group(world)
    drain_all()
    restriction.groups.set([Group.objects.create(name="Anderen")])


def lift_the_restriction_above(world: World) -> None:
    restriction = restrict_the_list_above_to_a_group(world)
    drain_all()
    before = dict(get_engine().ids())
    restriction.delete()
    drain_all()
    assert dict(get_engine().ids()) != before
    restrict_it(world)  # so that the index differs from where it began


def set_privacy_in_the_admin(world: World) -> None:
    world.post(f"pages/{world.listing.pk}/privacy/", audience="livc_r")
    assert PageViewRestriction.objects.get().groups.exists()


def delete_the_group_of_a_restriction(world: World) -> None:
    restrict_the_list_above_to_a_group(world)
    drain_all()
    world.group.delete()


def closed_list(world: World) -> PracticeIndexPage:
    closed = PracticeIndexPageFactory(parent=world.tree.home, title="Besloten", slug="besloten")
    PageViewRestriction.objects.create(page=closed, restriction_type=PageViewRestriction.LOGIN)
    drain_all()
    return PracticeIndexPage.objects.get(pk=closed.pk)


def move_the_list_above(world: World) -> None:
    closed = closed_list(world)
    Page.objects.get(pk=world.listing.pk).move(closed, pos="last-child")


def move_it_in_the_admin(world: World) -> None:
    closed = closed_list(world)
    world.post(f"pages/{world.practice.pk}/move/{closed.pk}/confirm/")
    assert world.now().get_parent().pk == closed.pk


def rename_a_term(world: World) -> None:
    world.theme.label, world.theme.slug = "sport en spel", "sport-en-spel"
    world.theme.save()


def merge_terms(world: World) -> None:
    vocabulary.merge(concept=world.theme, into=world.other_theme)


def rename_a_tag(world: World) -> None:
    tag = Tag.objects.get(name="plein")
    tag.name = "dorpsplein"
    tag.save()


def delete_a_tag(world: World) -> None:
    Tag.objects.get(name="plein").delete()


def rename_the_municipality(world: World) -> None:
    world.municipality.name = "Oude Stad"
    world.municipality.save()


def give_the_successor_another_code(world: World) -> None:
    world.successor.nis_code = "99003"
    world.successor.save()


def merge_the_municipality_into_another(world: World) -> None:
    world.municipality.merged_into = make_organisation("Verstad", nis_code="99004")
    world.municipality.save()


def correct_municipalities_from_the_list(world: World) -> None:
    rows = [{"nis_code": "99002", "name": "Oudstad", "province": "limburg", "latitude": None, "longitude": None}]
    with mock.patch("people.municipalities.flemish_municipalities", return_value=rows):
        assert load_municipalities().updated == 1


def rename_the_contact(world: World) -> None:
    world.contact.name = "Politiezone Noord"
    world.contact.save()


def rename_the_document(world: World) -> None:
    world.document.title = "Stappenplan"  # type: ignore[attr-defined]
    world.document.save()  # type: ignore[attr-defined]


def read_the_document_anew(world: World) -> None:
    row = DocumentText.objects.get(document=world.document)
    row.text = "Zorg voor een net."
    row.save()


def close_the_collection_of_the_document(world: World) -> None:
    CollectionViewRestriction.objects.create(collection=world.document.collection, restriction_type="login")  # type: ignore[attr-defined]


def move_documents_to_a_closed_collection_in_the_admin(world: World) -> None:
    closed = Collection.get_first_root_node().add_child(name="Besloten")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    drain_all()
    world.post(
        f"bulk/wagtaildocs/document/add_to_collection/?id={world.document.pk}&next=/beheer/",  # type: ignore[attr-defined]
        collection=closed.pk,
    )
    world.document.refresh_from_db()  # type: ignore[attr-defined]
    assert world.document.collection_id == closed.pk  # type: ignore[attr-defined]


CHANGES = [
    *(publish, publish_in_the_admin_from_a_list, unpublish, unpublish_below_a_list_in_the_admin),
    *(unpublish_from_a_list_in_the_admin, go_live_as_planned, expire_as_planned, confirm_it, delete),
    *(delete_the_list_above, restrict_it, restrict_the_list_above_to_a_group, change_the_groups_of_a_restriction),
    *(lift_the_restriction_above, set_privacy_in_the_admin, delete_the_group_of_a_restriction),
    *(move_the_list_above, move_it_in_the_admin, rename_a_term, merge_terms),
    *(rename_a_tag, delete_a_tag, rename_the_municipality, give_the_successor_another_code),
    *(merge_the_municipality_into_another, correct_municipalities_from_the_list, rename_the_contact),
    *(rename_the_document, read_the_document_anew, close_the_collection_of_the_document),
    move_documents_to_a_closed_collection_in_the_admin,
]


@pytest.mark.parametrize("change", CHANGES)
def test_the_index_equals_the_database_after(world: World, change: Callable[[World], object]) -> None:
    before = dict(get_engine().ids())
    change(world)
    drain_all()
    assert not compare(get_engine())
    if change is not publish_in_the_admin_from_a_list:  # back where it began
        assert dict(get_engine().ids()) != before
    assert not OutboxEntry.objects.exists()


def test_another_slug_changes_no_document(world: World) -> None:
    """A hit's address comes from the database, so it cannot be old."""
    before = dict(get_engine().ids())
    page = world.now()
    page.slug = "een-ander-adres"
    page.save_revision().publish()
    drain_all()
    assert dict(get_engine().ids()) == before
    found = world.cast.client("anonymous").get("/praktijken/?q=buurtsport")
    assert "/een-ander-adres/" in found.content.decode()


def test_a_draft_of_a_live_page_writes_no_row(world: World) -> None:
    page = world.now()
    page.title = "Nog niet klaar"
    page.save_revision()
    assert not OutboxEntry.objects.exists()


def test_a_new_draft_writes_no_row(world: World) -> None:
    make_practice(title="Een kladje", live=False)
    assert not OutboxEntry.objects.exists()


def state() -> list[object]:
    """What the changes below change."""
    return [
        *Page.objects.order_by("pk").values_list("pk", "live", "path", "title"),
        *(PageViewRestriction.objects.count(), CollectionViewRestriction.objects.count()),
        *get_document_model().objects.values_list("title", "collection_id"),
        *Concept.objects.order_by("pk").values_list("label", "retired"),
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "change",
    [
        *(publish, publish_in_the_admin_from_a_list, unpublish, unpublish_below_a_list_in_the_admin, delete),
        *(set_privacy_in_the_admin, move_the_list_above, move_it_in_the_admin),
        *(rename_a_term, merge_terms, move_documents_to_a_closed_collection_in_the_admin),
    ],
)
def test_a_change_of_which_the_row_cannot_be_written_does_not_happen(
    world: World, change: Callable[[World], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are one transaction. What prepares a change ends with a drain and is let through."""
    before: list[object] = []

    def refuse(ids: object) -> None:
        raise OSError("no room")

    def prepared() -> None:
        before[:] = state()
        for module in ("core.finding.signals", "practices.signals", "taxonomy.signals"):
            monkeypatch.setattr(f"{module}.enqueue", refuse)

    monkeypatch.setitem(globals(), "drain_all", prepared)
    if not {"drain_all", "closed_list"}.intersection(change.__code__.co_names):
        prepared()
    with pytest.raises(OSError, match="no room"):
        change(world)
    assert state() == before


@pytest.mark.django_db(transaction=True)  # within a transaction nothing is remembered for a generation
def test_what_a_request_remembers_does_not_get_into_the_index(index: None, settings: Settings) -> None:
    """Another worker closes a page and gives it a term, after this request has read its generation."""
    settings.SEARCH_DRAIN_ON_COMMIT = False  # it would be this process that reads what is new
    practice = make_practice()
    group = Group.objects.get_or_create(name="LIVC-R")[0]
    theme = make_concept("nieuw thema", slug="nieuw-thema")
    with generation.scope():
        (before,) = documents.build([document_id(practice.pk)])
        read = generation.current()
        restriction = PageViewRestriction.objects.create(page=practice, restriction_type=PageViewRestriction.GROUPS)
        restriction.groups.add(group)
        PracticePage.themes.through.objects.create(practicepage=practice, concept=theme)
        generation._scope.get().number = read  # as in a process that did not make the change
        (after,) = documents.build([document_id(practice.pk)])

    assert before.audiences == {"public"}
    assert "public" not in after.audiences
    assert "nieuw-thema" in after.facets["thema"]

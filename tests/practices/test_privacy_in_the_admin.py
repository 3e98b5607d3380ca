"""Editors choose for whom a page is in a dialog of three choices; the visitor's side follows at once."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from people.audiences import Audience
from people.services.closing import set_collection_audience, set_page_audience
from tests.conftest import Cast
from tests.factories import Tree, let_into_livc, make_document, make_member, make_practice

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def dialog(page: Page) -> str:
    return reverse("wagtailadmin_pages:set_privacy", args=[page.pk])


def offered(client: Any, url: str) -> dict[str, bool]:
    """The choices of a dialog, each with whether it is chosen now."""
    form = BeautifulSoup(client.get(url).json()["html"], "html.parser")
    return {radio["value"]: radio.has_attr("checked") for radio in form.select("input[type=radio]")}


def test_a_moderator_closes_a_practice_and_opens_it_again(cast: Cast) -> None:
    practice = make_practice(title="Straks besloten")
    client, visitor = cast.client("moderator"), cast.client("anonymous")
    answer = client.post(dialog(practice), {"audience": "livc_r"}).json()
    assert answer == {"step": "set_privacy_done", "is_public": False}
    assert offered(client, dialog(practice)) == {"public": False, "practitioners": False, "livc_r": True}
    assert visitor.get(practice.url).status_code == 404
    assert client.post(dialog(practice), {"audience": "public"}).json()["is_public"] is True
    assert visitor.get(practice.url).status_code == 200


def test_each_choice_lets_in_whom_it_names(cast: Cast) -> None:
    practice = make_practice()
    make_member(cast.practitioner)
    let_into_livc(cast.editor)

    def readers() -> list[str]:
        roles = ("anonymous", "moderator", "practitioner", "editor", "admin")
        return [role for role in roles if cast.client(role).get(practice.url).status_code == 200]

    set_page_audience(practice, Audience.PRACTITIONERS)
    assert readers() == ["practitioner", "editor", "admin"]
    set_page_audience(practice, Audience.LIVC_R)
    assert readers() == ["editor", "admin"]


def test_a_section_closes_what_is_below_it_and_a_page_in_it_can_be_narrower(cast: Cast, tree: Tree) -> None:
    practice, narrower = make_practice(), make_practice()
    make_member(cast.practitioner)
    let_into_livc(cast.editor)
    cast.client("moderator").post(dialog(tree.index), {"audience": "practitioners"})
    cast.client("moderator").post(dialog(narrower), {"audience": "livc_r"})
    assert cast.client("anonymous").get(practice.url).status_code == 404
    assert cast.client("practitioner").get(practice.url).status_code == 200
    assert cast.client("practitioner").get(narrower.url).status_code == 404
    assert cast.client("editor").get(narrower.url).status_code == 200


def test_below_a_closed_section_only_what_is_narrower_is_offered(cast: Cast, tree: Tree) -> None:
    practice = make_practice()
    client = cast.client("moderator")
    set_page_audience(tree.index, Audience.PRACTITIONERS)
    assert offered(client, dialog(practice)) == {"public": True, "livc_r": False}
    assert tree.index.title in client.get(dialog(practice)).json()["html"]
    set_page_audience(tree.index, Audience.LIVC_R)
    assert offered(client, dialog(practice)) == {"public": True}


@pytest.mark.parametrize("kind", ["login", "groups", "password"])
def test_what_was_set_in_another_shape_is_shown_and_can_be_kept(cast: Cast, kind: str) -> None:
    practice = make_practice()
    restriction = PageViewRestriction.objects.create(page=practice, restriction_type=kind, password="geheim")
    if kind == "groups":
        restriction.groups.add(Group.objects.create(name="Weinigen"))
    client = cast.client("moderator")
    assert offered(client, dialog(practice))["keep"] is True
    client.post(dialog(practice), {"audience": "keep"})
    assert PageViewRestriction.objects.get(page=practice).restriction_type == kind
    client.post(dialog(practice), {"audience": "practitioners"})
    assert "keep" not in offered(client, dialog(practice))


@pytest.mark.parametrize("value", ["login", "groups", "keep", ""])
def test_no_other_choice_is_taken(cast: Cast, value: str) -> None:
    practice = make_practice()
    cast.client("moderator").post(dialog(practice), {"audience": value, "restriction_type": "login"})
    assert not PageViewRestriction.objects.exists()


@pytest.mark.parametrize(("role", "status"), [("anonymous", 302), ("practitioner", 302), ("editor", 302)])
def test_only_who_may_publish_opens_the_dialog(cast: Cast, role: str, status: int) -> None:
    practice = make_practice()
    assert cast.client(role).get(dialog(practice)).status_code == status
    assert cast.client(role).post(dialog(practice), {"audience": "livc_r"}).status_code == status
    assert not PageViewRestriction.objects.exists()


def test_a_collection_is_closed_in_the_same_words(cast: Cast) -> None:
    collection = Collection.get_first_root_node().add_child(name="Besloten")
    document = make_document(collection=collection)
    url = reverse("wagtailadmin_collections:set_privacy", args=[collection.pk])
    client = cast.client("admin")
    assert offered(client, url) == {"public": True, "practitioners": False, "livc_r": False}
    assert client.post(url, {"audience": "livc_r"}).json()["is_public"] is False
    assert cast.client("anonymous").get(document.url).status_code == 404
    assert client.post(url, {"audience": "public"}).json()["is_public"] is True
    assert not CollectionViewRestriction.objects.exists()


def test_below_a_closed_collection_the_dialog_says_what_is_inherited(cast: Cast) -> None:
    above = Collection.get_first_root_node().add_child(name="Voor professionals")
    below = above.add_child(name="Daaronder")
    set_collection_audience(above, Audience.PRACTITIONERS)
    url = reverse("wagtailadmin_collections:set_privacy", args=[below.pk])
    assert offered(cast.client("admin"), url) == {"public": True, "livc_r": False}
    assert "Voor professionals" in cast.client("admin").get(url).json()["html"]
    assert cast.client("editor").get(url).status_code == 302


def test_editors_see_at_a_glance_for_whom_a_page_is(cast: Cast, tree: Tree) -> None:
    practice = make_practice(title="Overleg")
    set_page_audience(tree.index, Audience.LIVC_R)
    client = cast.client("moderator")

    def labels(url: str) -> list[str]:
        page = BeautifulSoup(client.get(url).content, "html.parser")
        return [label.get_text(" ", strip=True) for label in page.select(".audience-label")]

    own = labels(reverse("wagtailadmin_explore", args=[tree.home.pk]))
    listed = labels(reverse("wagtailadmin_explore", args=[tree.index.pk]))
    edited = labels(reverse("wagtailadmin_pages:edit", args=[practice.pk]))
    assert len(own) == 1
    assert tree.index.title not in own[0]
    assert len(edited) == 2  # in the header and in the side panel
    assert all(tree.index.title in label for label in edited)
    assert any(tree.index.title in label for label in listed)
    assert labels(reverse("wagtailadmin_pages:edit", args=[tree.home.pk])) == []


def test_a_closed_practice_can_be_copied(cast: Cast) -> None:
    practice = make_practice(title="Besloten praktijk")
    PageViewRestriction.objects.create(page=practice, restriction_type=PageViewRestriction.LOGIN)
    response = cast.client("moderator").post(
        reverse("wagtailadmin_pages:copy", args=[practice.pk]),
        {"new_title": "Een kopie", "new_slug": "een-kopie", "new_parent_page": practice.get_parent().pk},
    )
    assert response.status_code == 302
    copy = practice.get_parent().get_children().get(slug="een-kopie")
    assert copy.get_view_restrictions().exists()

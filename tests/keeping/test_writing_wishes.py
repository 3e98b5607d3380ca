"""What is still to be written: the list, the form and the dashboard."""

import pytest
from django.urls import reverse

from keeping.models import WritingWish
from tests.conftest import Cast
from tests.factories import make_practice

pytestmark = pytest.mark.django_db


def make_wish(subject="incels", **more) -> WritingWish:
    return WritingWish.objects.create(subject=subject, reason="Lezers zochten dit.", **more)


def test_an_editor_notes_and_finishes_a_wish(cast: Cast) -> None:
    client = cast.client("editor")
    form = {"subject": "gokverslaving", "reason": "Gevraagd op het intervisiemoment.", "state": "open"}
    assert (
        client.post(reverse("writing_wishes:add"), {**form, "writer": cast.moderator.pk, "page": ""}).status_code == 302
    )
    wish = WritingWish.objects.get()
    assert (wish.subject, wish.writer) == ("gokverslaving", cast.moderator)
    page = make_practice()
    client.post(
        reverse("writing_wishes:edit", args=[wish.pk]), {**form, "state": "done", "writer": "", "page": page.pk}
    )
    wish.refresh_from_db()
    assert (wish.state, wish.writer, wish.page_id) == ("done", None, page.pk)


def test_only_those_who_can_write_here_are_offered(cast: Cast) -> None:
    form = cast.client("editor").get(reverse("writing_wishes:add")).context["form"]
    assert set(form.fields["writer"].queryset) == {cast.editor, cast.moderator, cast.admin}


def test_the_list_shows_what_waits_first_and_filters(cast: Cast) -> None:
    make_wish("klaar", state="done")
    make_wish("open")
    client = cast.client("editor")
    found = client.get(reverse("writing_wishes:list")).context["object_list"]
    assert [wish.subject for wish in found] == ["open", "klaar"]
    found = client.get(reverse("writing_wishes:list") + "?state=done").context["object_list"]
    assert [wish.subject for wish in found] == ["klaar"]


def test_the_dashboard_shows_what_waits(cast: Cast) -> None:
    wish, done = make_wish("soevereinen"), make_wish("afgewerkt", state="done")
    html = cast.client("editor").get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("writing_wishes:edit", args=[wish.pk]) in html
    assert reverse("writing_wishes:edit", args=[done.pk]) not in html


def test_a_wish_outlives_its_writer_and_its_page(cast: Cast) -> None:
    draft = make_practice(live=False)
    wish = make_wish(writer=cast.editor, page=draft)
    draft.delete()
    cast.editor.delete()
    wish.refresh_from_db()
    assert (wish.writer, wish.page) == (None, None)


@pytest.mark.parametrize(
    ("role", "listed", "deleted"),
    [("anonymous", 302, 302), ("practitioner", 302, 302), ("editor", 200, 302), ("moderator", 200, 200)],
)
def test_who_may_see_and_delete(cast: Cast, role: str, listed: int, deleted: int) -> None:
    wish = make_wish()
    client = cast.client(role)
    assert client.get(reverse("writing_wishes:list")).status_code == listed
    assert client.get(reverse("writing_wishes:edit", args=[wish.pk])).status_code == listed
    assert client.get(reverse("writing_wishes:delete", args=[wish.pk])).status_code == deleted
    client.post(reverse("writing_wishes:add"), {"subject": "x", "reason": "", "state": "open"})
    assert WritingWish.objects.count() == (2 if listed == 200 else 1)

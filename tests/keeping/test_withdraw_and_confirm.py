import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from keeping.services import KeepingError, a_year_after, confirm
from practices.models import PracticePage
from tests.conftest import Cast
from tests.factories import make_practice

pytestmark = pytest.mark.django_db
PAST = datetime.date(2020, 1, 1)


@pytest.mark.parametrize("live", [True, False])
def test_what_was_published_once_is_not_deleted(cast: Cast, live: bool) -> None:
    practice = make_practice()
    if not live:
        practice.unpublish()
    url = reverse("wagtailadmin_pages:delete", args=[practice.pk])
    assert reverse("wagtailadmin_pages:edit", args=[practice.pk]) in cast.client("admin").get(url).content.decode()
    assert cast.client("admin").post(url).status_code == 409
    bulk = f"/beheer/bulk/wagtailcore/page/delete/?id={practice.pk}&next=/beheer/"
    assert cast.client("admin").post(bulk).status_code == 302
    parent = reverse("wagtailadmin_pages:delete", args=[practice.get_parent().pk])
    assert cast.client("admin").post(parent).status_code == 409
    assert PracticePage.objects.filter(pk=practice.pk).exists()


def test_a_draft_that_never_was_public_may_go(cast: Cast) -> None:
    draft = make_practice(live=False)
    assert cast.client("admin").post(reverse("wagtailadmin_pages:delete", args=[draft.pk])).status_code == 302
    assert not PracticePage.objects.filter(pk=draft.pk).exists()


def test_confirming_moves_the_dates_and_publishes_nothing_else(cast: Cast) -> None:
    practice = make_practice(review_date=PAST, confirmed_on=PAST, summary="Oud.")
    practice.summary = "Nieuw."
    practice.save_revision()
    today = timezone.localdate()
    confirm(page=practice, by=cast.moderator)
    practice = PracticePage.objects.get(pk=practice.pk)
    assert (practice.confirmed_on, practice.review_date, practice.summary) == (today, a_year_after(today), "Oud.")
    assert practice.has_unpublished_changes
    draft = practice.get_latest_revision_as_object()
    assert (draft.confirmed_on, draft.review_date, draft.summary) == (today, a_year_after(today), "Nieuw.")


def test_a_draft_cannot_be_confirmed(cast: Cast) -> None:
    with pytest.raises(KeepingError):
        confirm(page=make_practice(live=False), by=cast.moderator)


def test_the_year_after_29_february() -> None:
    assert a_year_after(datetime.date(2028, 2, 29)) == datetime.date(2029, 2, 28)


@pytest.mark.parametrize(
    ("role", "allowed"), [("anonymous", False), ("practitioner", False), ("editor", False), ("moderator", True)]
)
def test_confirming_is_for_moderators(cast: Cast, role: str, allowed: bool) -> None:
    practice = make_practice(review_date=PAST, steward=cast.admin)
    url = reverse("keeping_admin:confirm", args=[practice.pk])
    assert cast.client(role).get(url).status_code in {302, 405}
    response = cast.client(role).post(url, {"next": "https://elders.example/"})
    assert "elders" not in response.headers.get("Location", "")
    practice.refresh_from_db()
    assert (practice.review_date != PAST) is allowed


def test_a_steward_confirms_her_own_page(cast: Cast) -> None:
    practice = make_practice(review_date=PAST, steward=cast.editor)
    cast.client("editor").post(reverse("keeping_admin:confirm", args=[practice.pk]))
    practice.refresh_from_db()
    assert practice.review_date > PAST


def test_only_pages_that_are_kept_can_be_confirmed(cast: Cast, tree) -> None:  # type: ignore[no-untyped-def]
    assert cast.client("admin").post(reverse("keeping_admin:confirm", args=[tree.home.pk])).status_code == 404

"""A copy of a practice is a draft that nobody confirmed yet; an alias is refused."""

import datetime

import pytest
from django.urls import reverse

from practices.models import PracticePage
from tests.conftest import Cast
from tests.factories import make_practice

pytestmark = pytest.mark.django_db


def copied(cast: Cast, page: PracticePage, **data: str) -> PracticePage | None:
    fields = {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": str(page.get_parent().pk), **data}
    response = cast.client("moderator").post(reverse("wagtailadmin_pages:copy", args=[page.pk]), fields)
    assert response.status_code == 302
    return PracticePage.objects.filter(slug="kopie").first()


def test_a_copy_keeps_its_steward_and_loses_its_confirmation(cast: Cast) -> None:
    page = make_practice(confirmed_on=datetime.date(2026, 1, 5), withdrawal_reason="Verouderd.")
    copy = copied(cast, page)
    assert copy is not None
    assert not copy.live
    for version in (copy, copy.get_latest_revision_as_object()):
        assert version.confirmed_on is None
        assert version.withdrawal_reason == ""
        assert version.steward == page.steward
    page.refresh_from_db()
    assert page.confirmed_on == datetime.date(2026, 1, 5)


def test_an_alias_of_a_practice_is_refused(cast: Cast) -> None:
    assert copied(cast, make_practice(), alias="on") is None

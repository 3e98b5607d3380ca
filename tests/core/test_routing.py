"""What is remembered of a site or a page is copied for every request: one that changes its own changes no other's."""

import pytest
from wagtail.models import Page

from core.routing import copied

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def test_a_copy_is_equal_and_changes_nothing_of_the_other() -> None:
    page = Page.objects.select_related("content_type").first()
    copy = copied(page)
    assert (type(copy), copy, copy.title) == (type(page), page, page.title)
    assert not copy._state.adding

    title = page.title
    copy.title = "Anders"
    copy._state.db = "elsewhere"
    copy._state.fields_cache.clear()
    assert page.title == title
    assert page._state.db == "default"
    assert "content_type" in page._state.fields_cache

"""Editors set who may see a page with Wagtail's own dialog; the visitor's side follows at once."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import PageViewRestriction

from tests.conftest import Cast
from tests.factories import make_practice

pytestmark = pytest.mark.django_db


def test_a_moderator_closes_a_practice_and_opens_it_again(cast: Cast) -> None:
    practice = make_practice(title="Straks besloten")
    group = Group.objects.create(name="Weinigen")
    url = reverse("wagtailadmin_pages:set_privacy", args=[practice.pk])
    client = cast.client("moderator")
    assert client.get(url).status_code == 200
    client.post(url, {"restriction_type": PageViewRestriction.GROUPS, "groups": [group.pk]})
    assert client.get(url).status_code == 200
    assert cast.client("anonymous").get(practice.url).status_code == 302
    client.post(url, {"restriction_type": PageViewRestriction.NONE})
    assert cast.client("anonymous").get(practice.url).status_code == 200


def test_a_shared_password_is_not_offered(cast: Cast) -> None:
    practice = make_practice()
    url = reverse("wagtailadmin_pages:set_privacy", args=[practice.pk])
    assert 'value="password"' not in cast.client("moderator").get(url).content.decode()


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

"""Nobody is published without a prevention level and an offer, whichever way."""

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError

from experts.directory import profile
from experts.models import ExpertPage
from tests.experts.factories import acting_for, make_expert

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


def without_level():
    return make_expert(live=False, level_secondary=False)


def without_offer():
    expert = make_expert(live=False)
    expert.offers.all().delete()
    return ExpertPage.objects.get(pk=expert.pk)


@pytest.mark.parametrize("make", [without_level, without_offer])
def test_no_code_makes_her_live(cast, make):
    expert = make()
    with pytest.raises(ValidationError):
        expert.save_revision(clean=False).publish()
    expert = ExpertPage.objects.get(pk=expert.pk)
    assert not expert.live

    expert.live = True
    with pytest.raises(ValidationError):
        expert.save()


def test_publishing_from_a_list_says_what_is_missing_and_publishes_none(cast):
    whole, lacking = make_expert(live=False), without_offer()
    address = f"/beheer/bulk/wagtailcore/page/publish/?id={whole.pk}&id={lacking.pk}&next=/beheer/"
    response = cast.client("moderator").post(address)

    assert response.status_code == 302
    assert len(list(get_messages(response.wsgi_request))) == 2  # which page, and what it lacks
    assert not ExpertPage.objects.live().exists()


def test_she_hands_in_no_profile_without_an_offer(cast):
    expert = make_expert()
    draft = profile.latest(expert)
    draft.offers.clear()

    with pytest.raises(profile.ProfileError):
        profile.hand_in(page=draft, by=acting_for(expert))
    assert not profile.waiting(ExpertPage.objects.get(pk=expert.pk))

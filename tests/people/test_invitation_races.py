"""Two who invite at the same moment stay within the limits together. On PostgreSQL, in threads."""

from collections import Counter
from functools import partial

import pytest
from django.core.cache import cache
from django.db import connection

from people.models import Invitation
from people.services.inviting import invite
from tests.experts.booking.racing import at_once
from tests.factories import make_organisation, make_user

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs several connections"),
]


@pytest.fixture(autouse=True)
def _limits(settings):
    settings.INVITATION_LIMITS = {"inviter": 3, "address": 2}
    cache.clear()
    yield
    cache.clear()


def kinds(results):
    return Counter(name.partition("(")[0] for name in results.elements())


def test_one_person_sends_no_more_than_her_limit():
    organisation, by = make_organisation(), make_user()
    steps = [
        partial(invite, organisation=organisation, emails=[f"{number}@x.example"], roles=["employee"], by=by)
        for number in range(8)
    ]

    assert kinds(at_once(steps)) == Counter(done=3, TooManyError=5)
    assert Invitation.objects.count() == 3


def test_one_address_gets_no_more_than_its_limit():
    steps = [
        partial(invite, organisation=make_organisation(), emails=["een@x.example"], roles=["employee"], by=make_user())
        for _number in range(8)
    ]

    assert kinds(at_once(steps)) == Counter(done=2, TooManyError=6)

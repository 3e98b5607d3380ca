"""Nobody floods a mailbox with invitations: a limit a day for who invites and for who is invited."""

import datetime

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from people.models import Invitation
from people.services import inviting
from people.services.limits import TooManyError
from tests.people.conftest import Town

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def limits(settings: Settings) -> None:
    settings.INVITATION_LIMITS = {"inviter": 3, "address": 2}
    cache.clear()


def invite(town: Town, *emails: str) -> None:
    inviting.invite(organisation=town.organisation, emails=emails, roles=["employee"], by=town.manager.user)


def test_past_the_limit_of_the_inviter_nothing_is_sent_and_the_form_keeps_what_was_typed(town: Town) -> None:
    client, url = town.client("manager"), reverse("members_invite", args=[town.organisation.pk])
    typed = "een@x.example\ntwee@x.example\ndrie@x.example\nvier@x.example"
    response = client.post(url, {"emails": typed, "roles": ["employee", "decider"]})
    assert response.status_code == 422
    assert response.context["form"].non_field_errors()
    html = response.content.decode()
    assert typed in html
    assert html.count("checked") == 2
    assert not Invitation.objects.exists()
    assert client.post(url, {"emails": "een@x.example", "roles": ["employee"]}).status_code == 302


def test_an_address_gets_so_many_a_day_whoever_sends_them(town: Town) -> None:
    invite(town, "een@x.example")
    row = Invitation.objects.get()
    inviting.resend(invitation=row, by=town.manager.user)
    row.refresh_from_db()
    with pytest.raises(TooManyError, match=r"een@x\.example"):
        inviting.invite(organisation=town.other, emails=["EEN@x.example"], roles=[], by=town.stranger.user)
    before = row.token_hash
    response = town.client("keeper").post(reverse("invitation_resend", args=[row.pk]), follow=True)
    assert "een@x.example" in next(str(message) for message in response.context["messages"])
    row.refresh_from_db()
    assert row.token_hash == before
    inviting.invite(organisation=town.other, emails=["ander@x.example"], roles=[], by=town.stranger.user)


def test_tomorrow_is_another_day(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    for _number in range(2):
        invite(town, "een@x.example")
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    with pytest.raises(TooManyError):
        invite(town, "een@x.example")
    monkeypatch.setattr("people.services.limits.timezone.localdate", lambda: tomorrow)
    invite(town, "een@x.example")

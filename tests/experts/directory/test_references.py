"""A reference is shown once the referee confirmed it by a mailed link, and asked for again every year."""

import datetime
import re

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core import retention
from core.mail.models import OutgoingMail
from experts.directory import references
from experts.models import ExpertPage, ExpertReference
from search.models import OutboxEntry
from tests.experts.factories import acting_for, make_expert

pytestmark = pytest.mark.django_db
FIELDS = {
    "organisation": "Stad Aan Zee",
    "what": "Vorming voor het team",
    "when": "2025",
    "referee_name": "Rita Referent",
    "referee_email": "rita@voorbeeld.be",
}


def ago(days):
    return timezone.now() - datetime.timedelta(days=days)


@pytest.fixture
def expert(cast):
    return make_expert(title="Anna Anker")


@pytest.fixture
def reference(expert):
    return references.enter(expert=expert, **FIELDS)


def link():
    mail = OutgoingMail.objects.filter(to="rita@voorbeeld.be").latest("pk")
    return re.search(r"https?://[^/]+(/referentie/\S+)", mail.body).group(1)


def again(reference):
    reference.refresh_from_db()
    return reference


def test_the_expert_enters_one_and_the_referee_is_mailed(expert):
    client = Client()
    client.force_login(acting_for(expert))
    response = client.post(reverse("my_expert_reference", args=[expert.pk]), FIELDS)

    assert response.status_code == 302
    assert expert.references.get().confirmed_on is None
    assert "Vorming voor het team" in OutgoingMail.objects.get(to="rita@voorbeeld.be").body
    assert "Stad Aan Zee" in client.get(reverse("my_expert", args=[expert.pk])).content.decode()


def test_following_the_link_changes_nothing(client, reference):
    for method in (client.get, client.head):
        assert method(link()).status_code == 200
    assert again(reference).confirmed_on is None
    assert client.delete(link()).status_code == 405


def test_the_referee_confirms_and_it_is_shown(client, reference, expert):
    assert client.post(link(), {"answer": "yes"}).status_code == 200
    assert client.post(link(), {"answer": "yes"}).status_code == 200  # twice

    assert again(reference).confirmed_on == timezone.localdate()
    assert "Stad Aan Zee" in client.get(expert.url).content.decode()


def test_the_referee_says_no_and_is_left_in_peace(client, reference, expert):
    client.post(link(), {"answer": "no"})

    assert again(reference).refused_on == timezone.localdate()
    ExpertReference.objects.update(asked_at=ago(100))
    assert references.ask_again() == 0
    assert "Stad Aan Zee" not in client.get(expert.url).content.decode()


def test_another_word_than_yes_or_no_says_nothing(client, reference):
    client.post(link(), {"answer": "misschien"})

    assert (again(reference).confirmed_on, reference.refused_on) == (None, None)


def test_a_link_is_of_one_reference_and_one_address(client, reference, expert):
    address = link()
    for wrong in (address[:-3] + "x/", "/referentie/onzin/", address.replace("referentie/", "referentie/A")):
        assert client.post(wrong, {"answer": "yes"}).status_code == 404
    ExpertReference.objects.update(referee_email="iemand.anders@voorbeeld.be")
    assert client.get(address).status_code == 404
    assert again(reference).confirmed_on is None


def test_a_link_grows_old(client, reference, monkeypatch):
    monkeypatch.setattr(references, "LINK", datetime.timedelta(seconds=-1))

    assert client.get(link()).status_code == 404


def test_at_most_two_reminders_then_silence(reference):
    mails = [1]
    for _round in range(5):
        ExpertReference.objects.update(asked_at=ago(15))
        call_command("expert_references", verbosity=0)
        call_command("expert_references", verbosity=0)  # run twice: no second mail
        mails.append(OutgoingMail.objects.filter(to="rita@voorbeeld.be").count())

    assert mails == [1, 2, 3, 3, 3, 3]


def test_asked_again_before_the_year_is_over(client, reference):
    ExpertReference.objects.update(confirmed_on=(ago(340)).date(), asked_at=ago(350), asked_times=0)
    assert references.ask_again() == 1
    client.post(link(), {"answer": "yes"})

    assert again(reference).confirmed_on == timezone.localdate()
    assert references.ask_again() == 0


def test_not_confirmed_again_is_not_shown_any_more(client, reference, expert):
    ExpertReference.objects.update(confirmed_on=ago(365).date())

    assert "Stad Aan Zee" not in client.get(expert.url).content.decode()
    assert not again(reference).is_shown


def test_nobody_is_asked_for_an_expert_who_left(reference, expert):
    ExpertReference.objects.update(asked_at=ago(15))
    ExpertPage.objects.filter(pk=expert.pk).update(pool_until=ago(1).date())

    assert references.ask_again() == 0


def test_the_daily_task_takes_who_left_out_of_search(expert):
    ExpertPage.objects.filter(pk=expert.pk).update(pool_until=ago(1).date())
    OutboxEntry.objects.all().delete()
    call_command("expert_references", verbosity=0)

    assert OutboxEntry.objects.filter(document_id=f"expert:{expert.pk}").exists()


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"asked_at": ago(181)}, False),
        ({"asked_at": ago(170)}, True),
        ({"refused_on": ago(181).date()}, False),
        ({"confirmed_on": ago(365 + 181).date()}, False),
        ({"confirmed_on": ago(400).date(), "asked_at": ago(390)}, True),
    ],
)
def test_the_referees_data_goes_after_its_term(reference, fields, kept):
    ExpertReference.objects.update(**fields)
    retention.run(only=["expert_references"])

    assert ExpertReference.objects.exists() == kept


def test_the_page_of_terms_says_so(client):
    assert {"expert_references", "expert_private"} <= {rule.name for rule in retention.rules()}
    assert client.get(reverse("retention_terms")).status_code == 200

"""To hear of the next edition: who gets on the list, who is mailed, how she gets off it."""

import datetime
import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from core import retention
from events.directory import wishes
from events.directory.wishes import tell_of_next_editions
from events.models import EventSeries, EventState, NextEditionWish
from people import personal_data
from people.audiences import Audience
from people.services.closing import set_page_audience
from tests.events.factories import make_event
from tests.factories import make_user

pytestmark = pytest.mark.django_db
ADDRESS = "bezoeker@voorbeeld.be"


@pytest.fixture
def past(cast):
    return make_event(title="Vorige editie", days=-30)


def wish_url(event):
    return reverse("event_wish", args=[event.slug])


def link_in(message):
    return re.search(r"https?://[^/\s]+(/vorming/seintje/\S+)", message.body).group(1)


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """Does something and answers the mails that it sent."""

    def do(action):
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            action()
        return mail.outbox[before:]

    return do


@pytest.fixture
def confirmed(past):
    """An address that confirmed a month ago."""
    return NextEditionWish.objects.create(
        event=past,
        email=ADDRESS,
        at=timezone.now() - datetime.timedelta(days=20),
        confirmed_at=timezone.now() - datetime.timedelta(days=20),
    )


def test_a_visitor_confirms_by_a_link_that_changes_nothing_when_opened(client, past, sent):
    (message,) = sent(lambda: client.post(wish_url(past), {"email": ADDRESS}))
    wish = NextEditionWish.objects.get()
    assert wish.confirmed_at is None

    link = link_in(message)
    response = client.get(link)
    assert response["Referrer-Policy"] == "same-origin"
    assert NextEditionWish.objects.get().confirmed_at is None
    client.post(link, {"step": "confirm"})
    assert NextEditionWish.objects.get().confirmed_at is not None
    client.post(link, {"step": "stop"})
    assert not NextEditionWish.objects.exists()
    assert client.get(link).status_code == 404


def test_the_answer_is_the_same_whether_the_address_is_known_or_not(client, past, confirmed, sent):
    def text_after(email):
        return re.sub(r"csrf\S+|nonce\S+", "", client.post(wish_url(past), {"email": email}).content.decode())

    texts = []
    known = sent(lambda: texts.append(text_after("BEZOEKER@voorbeeld.be")))
    new = sent(lambda: texts.append(text_after("ander@voorbeeld.be")))

    assert texts[0] == texts[1]
    assert (len(known), len(new)) == (0, 1)


def test_asking_twice_in_a_row_sends_one_mail(client, past, sent):
    messages = sent(lambda: [client.post(wish_url(past), {"email": ADDRESS}) for _again in range(3)])

    assert len(messages) == 1
    assert NextEditionWish.objects.count() == 1


def test_who_asks_too_often_has_to_wait(client, past, settings):
    settings.WRONG_CODE_LIMITS = {"event_wish": (2, 600)}
    statuses = [client.post(wish_url(past), {"email": f"a{n}@voorbeeld.be"}).status_code for n in range(4)]

    assert statuses == [200, 200, 429, 429]
    assert NextEditionWish.objects.count() == 2


@pytest.mark.parametrize("email", ["", "geen adres", "a@b", "x" * 300 + "@voorbeeld.be"])
def test_what_is_no_address_is_said(client, past, email):
    assert client.post(wish_url(past), {"email": email}).status_code == 422
    assert not NextEditionWish.objects.exists()


def test_somebody_with_an_account_is_on_the_list_with_one_press_and_off_with_another(cast, past, sent):
    client = cast.client("practitioner")
    assert sent(lambda: [client.post(wish_url(past)) for _twice in range(2)]) == []
    assert NextEditionWish.objects.get().user == cast.practitioner
    for page in (wish_url(past), past.url):  # the event itself says so too
        assert 'value="stop"' in client.get(page).content.decode()

    client.post(wish_url(past), {"step": "stop"})
    assert not NextEditionWish.objects.exists()
    assert 'value="stop"' not in client.get(past.url).content.decode()


def test_signing_in_takes_over_the_wish_by_the_same_address(cast, past):
    NextEditionWish.objects.create(event=past, email=cast.practitioner.email.upper())
    cast.client("practitioner").post(wish_url(past))

    wish = NextEditionWish.objects.get()
    assert wish.user == cast.practitioner
    assert wish.confirmed_at is not None


@pytest.mark.parametrize("way", ["series", "previous"])
def test_who_waits_is_told_once_when_the_next_edition_is_published(past, confirmed, sent, way):
    if way == "series":
        past.series = EventSeries.objects.create(title="Reeks")
        past.save()
    following = make_event(title="Nieuwe editie", live=False, **{way: past if way == "previous" else past.series})
    messages = sent(lambda: following.save_revision().publish())
    again = sent(lambda: [following.save_revision().publish(), tell_of_next_editions()])

    assert [message.to for message in messages] == [[ADDRESS]]
    assert "Nieuwe editie" in messages[0].body
    assert following.url in messages[0].body
    assert again == []
    assert NextEditionWish.objects.get().told_of_id == following.pk


def test_what_publishing_left_undone_is_done_by_the_clock(past, confirmed, sent):
    make_event(title="Nieuwe editie", previous=past)

    assert len(sent(tell_of_next_editions)) == 1
    assert sent(tell_of_next_editions) == []


def test_nobody_is_told_of_what_she_may_not_see_or_cannot_join(past, confirmed, sent):
    closed = make_event(previous=past, title="Dicht")
    set_page_audience(closed, Audience.LIVC_R)
    make_event(previous=past, title="Voorbij", days=-2)
    cancelled = make_event(previous=past, title="Afgelast")
    EventState.objects.filter(event=cancelled).update(cancelled_at=timezone.now())
    make_event(previous=past, title="Ontwerp", live=False)

    assert sent(tell_of_next_editions) == []


def test_nobody_is_told_before_she_confirmed_or_of_what_was_there_when_she_asked(past, sent):
    make_event(previous=past)
    NextEditionWish.objects.create(event=past, email="wacht@voorbeeld.be")
    NextEditionWish.objects.create(
        event=past,
        email="laat@voorbeeld.be",
        at=timezone.now() + datetime.timedelta(minutes=1),
        confirmed_at=timezone.now(),
    )

    assert sent(tell_of_next_editions) == []


@pytest.mark.parametrize("token", ["", "x", "a" * 500, "%F0%9F%98%80"])
def test_a_forged_link_opens_nothing(client, cast, token):
    assert client.get(f"/vorming/seintje/{token}/").status_code == 404


def test_a_link_is_of_one_wish_by_one_address(confirmed):
    token = wishes.token_of(confirmed)
    NextEditionWish.objects.filter(pk=confirmed.pk).update(email="iemand-anders@voorbeeld.be")

    assert wishes.wish_of(token) is None


def test_her_data_shows_it_and_it_goes_with_her_account(past, confirmed):
    user = make_user(ADDRESS)

    assert [row["event"] for row in personal_data.as_data(user)["next_editions"]] == ["Vorige editie"]
    personal_data.forget(user)
    assert not NextEditionWish.objects.exists()


def test_wishes_are_not_kept_for_ever(past, confirmed):
    old = timezone.now() - datetime.timedelta(days=40)
    NextEditionWish.objects.create(event=past, email="nooit@voorbeeld.be", at=old)
    told = make_event(days=-29)
    NextEditionWish.objects.create(event=told, email=ADDRESS, at=old, confirmed_at=old, told_at=old)
    retention.run(only=["event_wishes_done"])
    assert list(NextEditionWish.objects.all()) == [confirmed]

    NextEditionWish.objects.update(at=timezone.now() - datetime.timedelta(days=800))
    retention.run(only=["event_wishes"])
    assert not NextEditionWish.objects.exists()

"""The room does not exist for whoever is no member: by every address there is, and every method."""

import re
import uuid

import pytest
from django.urls import reverse

from events.intervision.urls import urlpatterns
from tests.events.intervision.conftest import OUTSIDERS, SECRETS, Room

pytestmark = pytest.mark.django_db
METHODS = ("get", "post", "head", "put", "patch", "delete", "options", "trace")
ROOM = [pattern for pattern in urlpatterns if "<uuid:uid>" in str(pattern.pattern)]
# What an outsider may get at a place of her own: an administrator breaks the glass there.
THRESHOLD = {"admin": {"intervision_glass"}}


def keys_for(room: Room, name: str) -> list[object]:
    """What can stand in this address: of everything in the room, whether it is of that kind or not."""
    things = (room.meeting, room.case, room.file, room.lesson)
    return [thing.uid for thing in things] if "key" in name else [room.candidate.pk, room.member.pk]


def addresses(room: Room, uid: object = None) -> list[tuple[str, str]]:
    """Every address of the urlconf, so that a new one is tried as well."""
    found = []
    for pattern in ROOM:
        route = str(pattern.pattern)
        inner = re.findall(r"<\w+:(key|pk)>", route)
        for key in keys_for(room, inner[0]) if inner else [None]:
            arguments = {"uid": uid or room.group.uid, **({inner[0]: key} if inner else {})}
            found.append((pattern.name or "", reverse(str(pattern.name), kwargs=arguments)))
    return found


def traces(response) -> set[str]:
    headers = " ".join(f"{name}: {value}" for name, value in response.items())
    text = (b"".join(response.streaming_content) if response.streaming else response.content).decode(errors="replace")
    return {word for word in (*SECRETS, "ntervisieru") if word.lower() in (headers + text).lower()}


def test_there_are_as_many_addresses_as_there_should_be(room):
    assert len(ROOM) >= 30
    assert len(addresses(room)) > 50


@pytest.mark.parametrize("who", OUTSIDERS)
@pytest.mark.parametrize("method", METHODS)
def test_outsiders_find_nothing(room, who, method):
    found = {
        url: (answer.status_code, traces(answer))
        for name, url in addresses(room)
        if name not in THRESHOLD.get(who, ())
        for answer in [getattr(room.client(who), method)(url)]
        if answer.status_code != 404 or traces(answer)
    }

    assert found == {}


@pytest.mark.parametrize("who", OUTSIDERS)
def test_a_room_answers_what_no_room_answers(room, who):
    nowhere = dict(addresses(room, uuid.uuid4()))
    for name, url in addresses(room):
        if name in THRESHOLD.get(who, ()):
            continue
        here, there = room.client(who).get(url), room.client(who).get(nowhere[name])
        assert (here.status_code, sorted(here.headers)) == (there.status_code, sorted(there.headers)), url


@pytest.mark.parametrize("method", METHODS)
def test_who_is_not_signed_in_is_led_to_the_login_whatever_is_there(room, method):
    nowhere = dict(addresses(room, uuid.uuid4()))
    for name, url in addresses(room):
        for address in (url, nowhere[name]):
            answer = getattr(room.client("anonymous"), method)(address)
            assert answer.status_code == 302
            assert answer.headers["Location"].startswith("/account/login/?next=")
            assert not traces(answer)


def test_the_members_do_find_it(room):
    """Else the tests above could not fail."""
    member, facilitator = room.client("member"), room.client("facilitator")
    answers = {url: (member.get(url), facilitator.get(url)) for _name, url in addresses(room)}
    seen = {word for pair in answers.values() for answer in pair for word in traces(answer)}

    assert seen >= set(SECRETS)
    assert {answer.status_code for pair in answers.values() for answer in pair} <= {200, 403, 404}
    assert sum(pair[1].status_code == 200 for pair in answers.values()) >= len(ROOM) - 4


def test_what_members_read_is_kept_nowhere(room):
    for name, url in addresses(room):
        answer = room.client("member").get(url)
        if answer.status_code == 200:
            assert {"no-store", "private"} <= set(re.split(r",\s*", answer.headers["Cache-Control"])), name


def test_a_member_may_not_do_what_the_facilitator_does(room):
    uid = room.group.uid
    guided = [
        *(reverse(f"intervision_{name}", args=[uid]) for name in ("arrange", "invite", "close", "hand_over")),
        reverse("intervision_new_meeting", args=[uid]),
        *(
            reverse(f"intervision_{name}", args=[uid, room.meeting.uid])
            for name in ("change_meeting", "cancel_meeting", "presence")
        ),
        reverse("intervision_remove", args=[uid, room.others[0].pk]),
    ]

    assert {room.client("member").get(url).status_code for url in guided} == {403}
    assert {room.client("facilitator").get(url).status_code for url in guided} == {200}


def test_a_page_that_is_read_refuses_to_be_written(room):
    for name in ("room", "log"):
        assert room.client("member").post(reverse(f"intervision_{name}", args=[room.group.uid])).status_code == 405


def test_titles_of_the_browser_hold_no_word_of_a_question(room):
    for _name, url in addresses(room):
        answer = room.client("member").get(url)
        if answer.status_code == 200 and not answer.streaming:
            assert SECRETS[0] not in "".join(re.findall(r"<title>.*?</title>", answer.content.decode(), re.DOTALL))

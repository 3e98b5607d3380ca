"""The room does not exist for whoever is no member: by every address there is, and every method."""

import itertools
import re
import uuid

import pytest
from django.urls import reverse

from events.intervision.urls import urlpatterns
from tests.events.factories import add_group_member, make_meeting
from tests.events.intervision.conftest import OUTSIDERS, SECRETS, Room

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
METHODS = ("get", "post", "head", "put", "patch", "delete", "options", "trace")
NAMED = ("practitioner", "other_member", "editor", "admin")  # with every method; the others read and write
ROOM = [pattern for pattern in urlpatterns if "<uuid:uid>" in str(pattern.pattern)]
# What an outsider may get at a place of her own: an administrator breaks the glass there.
THRESHOLD = {"admin": {"intervision_glass"}}


def key_for(room: Room, route: str) -> dict[str, object]:
    """What stands in this address besides the room: of something that is there."""
    things = {"bijeenkomst": room.meeting, "vraag": room.case, "materiaal": room.file, "les": room.lesson}
    if "uuid:key" in route:
        return {"key": next(thing.uid for word, thing in things.items() if f"/{word}/<uuid:key>" in route)}
    if "int:pk" in route:
        return {"pk": (room.member if "/lid/" in route else room.candidate).pk}
    return {}


def addresses(room: Room, uid: object = None) -> list[tuple[str, str]]:
    """Every address of the urlconf by its name, so that a new one is tried as well."""
    found = []
    for pattern in ROOM:
        arguments = {"uid": uid or room.group.uid, **key_for(room, str(pattern.pattern))}
        found.append((str(pattern.name), reverse(str(pattern.name), kwargs=arguments)))
    return found


def traces(response) -> set[str]:
    headers = " ".join(f"{name}: {value}" for name, value in response.items())
    text = (b"".join(response.streaming_content) if response.streaming else response.content).decode(errors="replace")
    return {word for word in (*SECRETS, "ntervisieru") if word.lower() in (headers + text).lower()}


def tried(room: Room, who: str) -> list[tuple[str, str]]:
    return [(name, url) for name, url in addresses(room) if name not in THRESHOLD.get(who, ())]


def test_every_address_of_a_room_is_tried(room):
    assert len(ROOM) >= 30
    assert len({name for name, _url in addresses(room)}) == len(ROOM)


@pytest.mark.slow
@pytest.mark.parametrize("who", OUTSIDERS)
def test_outsiders_find_nothing_by_any_address_and_any_method(room, who):
    client = room.client(who)
    methods = METHODS if who in NAMED else ("get", "post")
    answers = {(url, method): getattr(client, method)(url) for _name, url in tried(room, who) for method in methods}

    assert {key: answer.status_code for key, answer in answers.items() if answer.status_code != 404} == {}
    assert {key: traces(answer) for key, answer in answers.items() if traces(answer)} == {}


def test_a_room_answers_what_no_room_answers(room):
    nowhere = dict(addresses(room, uuid.uuid4()))
    for who in ("practitioner", "admin"):
        for name, url in tried(room, who):
            here, there = room.client(who).get(url), room.client(who).get(nowhere[name])
            assert (here.status_code, sorted(here.headers)) == (there.status_code, sorted(there.headers)), (who, url)


def test_who_is_not_signed_in_is_led_to_the_login_whatever_is_there(room):
    nowhere = dict(addresses(room, uuid.uuid4()))
    client = room.client("anonymous")
    for name, url in addresses(room):
        for address, method in itertools.product((url, nowhere[name]), METHODS):
            answer = getattr(client, method)(address)
            assert answer.status_code == 302
            assert answer.headers["Location"].startswith("/account/login/?next=")
            assert not traces(answer)


def test_the_members_do_find_it(room):
    """Else the tests above could not fail."""
    member, facilitator = room.client("member"), room.client("facilitator")
    answers = {url: (member.get(url), facilitator.get(url)) for _name, url in addresses(room)}
    seen = {word for pair in answers.values() for answer in pair for word in traces(answer)}

    assert seen >= set(SECRETS)
    assert {answer.status_code for pair in answers.values() for answer in pair} <= {200, 302, 403, 404}
    assert sum(pair[1].status_code == 200 for pair in answers.values()) >= len(ROOM) - 5


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


def test_the_room_asks_the_database_no_more_for_more_people_and_meetings(room, django_assert_max_num_queries):
    client, url = room.client("member"), reverse("intervision_room", args=[room.group.uid])
    client.get(url)
    for days in range(10, 16):
        make_meeting(room.group, days=days)
    for _number in range(3):
        add_group_member(room.group)

    with django_assert_max_num_queries(35):
        client.get(url)

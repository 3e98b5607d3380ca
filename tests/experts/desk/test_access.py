"""VVSG's desk is for whoever may treat bookings, whatever else somebody may do."""

import uuid

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from experts.choices import BookingState
from experts.desk import asking
from experts.models import Booking, GroupQuestion, PoolYear
from home.setup.permissions import POOL_DESK, ensure_groups_and_workflow
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
READS = ("board", "phone", "questions", "ask", "budget", "new_year", "figures", "figures_export")
ONE = ("booking", "match", "merge", "question", "note_answer", "year", "allow")
WRITES = ("phone", "ask", "new_year", "match", "merge", "year", "allow", "act", "close_question", "note_answer")
CLOSED_TO = ("anonymous", "practitioner", "editor", "decider", "acting", "stranger")


@pytest.fixture
def addresses(desk):
    booking = desk.parties.booking(BookingState.REQUESTED)
    question = asking.ask(
        experts=[desk.parties.expert], by=desk.parties.desk, subject="Wie kan", text="?", answer_by="2030-01-01"
    )
    PoolYear.objects.create(year=2030, budget=1000)
    arguments = {
        **{key: [booking.uid] for key in ("booking", "match", "merge")},
        **{key: [question.pk] for key in ("question", "close_question")},
        **{key: [2030] for key in ("year", "allow")},
        "note_answer": [question.pk, question.answers.get().pk],
        "act": [booking.uid, "take_up"],
    }
    return {name: reverse(f"expert_desk:{name}", args=arguments.get(name, [])) for name in {*READS, *ONE, *WRITES}}


@pytest.mark.parametrize("name", [*READS, *ONE])
def test_who_opens_it(desk, addresses, name):
    assert desk.client().get(addresses[name]).status_code == 200
    for role in CLOSED_TO:
        answer = desk.client(role).get(addresses[name])
        assert answer.status_code in (302, 403), role
        assert desk.parties.organisation.name not in answer.content.decode()


@pytest.mark.parametrize("name", WRITES)
def test_others_change_nothing(desk, addresses, name):
    def state():
        return (
            list(Booking.objects.values_list("state", "version")),
            list(GroupQuestion.objects.values_list("closed_at", "answers__can")),
            list(PoolYear.objects.values_list("year", "budget")),
        )

    before = state()
    for role in CLOSED_TO:
        data = {
            "year": 2031,
            "budget": 5,
            "seen": 1,
            "reason": "x",
            "euro": 5,
            "subject": "x",
            "text": "x",
            "can": "yes",
        }
        assert desk.client(role).post(addresses[name], data).status_code in (302, 403), role
    assert state() == before


@pytest.mark.parametrize("name", ["board", "booking", "questions", "question", "budget", "figures", "figures_export"])
def test_what_is_only_read_is_not_written(desk, addresses, name):
    assert desk.client().post(addresses[name]).status_code == 405


@pytest.mark.parametrize("name", ["act", "close_question"])
def test_a_step_is_not_taken_by_looking(desk, addresses, name):
    assert desk.client().get(addresses[name]).status_code == 405


@pytest.mark.parametrize("name", ["booking", "match", "merge"])
def test_what_does_not_exist_is_not_found(desk, name):
    assert desk.client().get(reverse(f"expert_desk:{name}", args=[uuid.uuid4()])).status_code == 404


def test_a_draft_of_a_municipality_is_its_own(desk):
    draft = desk.parties.draft()

    assert desk.client().get(reverse("expert_desk:booking", args=[draft.uid])).status_code == 404


def test_an_unknown_step_is_not_found(desk, addresses):
    url = addresses["act"].replace("take_up", "onbekend")

    assert desk.client().post(url, {"seen": 1}).status_code == 404


def test_the_group_of_the_desk_opens_the_board_and_no_page(desk, tree):
    ensure_groups_and_workflow()
    user = make_user()
    user.groups.add(Group.objects.get(name=POOL_DESK))
    desk.people["member"] = user
    client = desk.client("member")

    assert client.get(reverse("expert_desk:board")).status_code == 200
    assert client.get(reverse("wagtailadmin_pages:edit", args=[tree.index.pk])).status_code in (302, 403)


def test_the_menu_counts_what_waits_for_vvsg(desk, addresses):
    home = desk.client().get(reverse("wagtailadmin_home")).content.decode()

    assert addresses["board"] in home
    assert "(1)" in home
    assert addresses["board"] not in desk.client("editor").get(reverse("wagtailadmin_home")).content.decode()

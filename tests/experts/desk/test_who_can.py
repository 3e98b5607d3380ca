"""“Wie kan?”: one question to several experts, answered behind a link that needs a confirmation."""

import datetime

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.mail.models import OutgoingMail
from core.retention import run
from experts.choices import BookingState
from experts.desk import asking
from experts.desk.asking import SALT
from experts.models import ExpertPage, GroupAnswer, GroupQuestion
from people import personal_data
from tests.experts.factories import acting_for, make_expert

pytestmark = pytest.mark.django_db
Can = GroupAnswer.Can


@pytest.fixture
def question(desk):
    return asking.ask(
        experts=[desk.parties.expert, make_expert()],
        by=desk.parties.desk,
        subject="Wie kan in mei",
        text="Drie avonden in Gent.",
        answer_by=timezone.localdate() + datetime.timedelta(days=7),
    )


def answer_of(question, desk):
    return question.answers.get(expert=desk.parties.expert)


def path_of(row, can=Can.YES):
    return "/" + asking.answer_url(row, can).split("/", 3)[3]


def test_every_expert_gets_her_own_three_links(question):
    mails = list(OutgoingMail.objects.filter(body__contains="Drie avonden"))

    assert {mail.to for mail in mails} == {acting_for(row.expert).email for row in question.answers.all()}
    assert all(mail.body.count("/wie-kan/") == 3 for mail in mails)


def test_opening_a_link_answers_nothing(question, desk):
    row = answer_of(question, desk)
    for _visit in range(2):
        page = Client().get(path_of(row))
        assert page.status_code == 200
        assert "no-store" in page["Cache-Control"]
    Client().head(path_of(row))

    row.refresh_from_db()
    assert (row.can, row.answered_at) == ("", None)


def test_confirming_keeps_the_answer_and_another_link_changes_it(question, desk):
    row = answer_of(question, desk)
    Client().post(path_of(row), {"note": "Alleen dinsdag"})
    row.refresh_from_db()
    assert (row.can, row.note) == (Can.YES, "Alleen dinsdag")

    Client().post(path_of(row, Can.NO))
    row.refresh_from_db()
    assert (row.can, row.note) == (Can.NO, "")
    assert GroupAnswer.objects.exclude(can="").count() == 1


def test_once_closed_no_answer_is_taken(question, desk):
    desk.client().post(reverse("expert_desk:close_question", args=[question.pk]))
    row = answer_of(question, desk)

    assert Client().get(path_of(row)).status_code == 200
    assert Client().post(path_of(row)).status_code == 409
    row.refresh_from_db()
    assert row.can == ""


def test_an_expert_who_left_answers_nothing(question, desk):
    ExpertPage.objects.filter(pk=desk.parties.expert.pk).update(
        pool_until=timezone.localdate() - datetime.timedelta(days=1)
    )

    assert Client().post(path_of(answer_of(question, desk))).status_code == 409


def test_a_link_that_is_not_ours_is_not_found(question, desk):
    row = answer_of(question, desk)
    forged = [
        "onzin",
        signing.dumps([row.pk, "yes"], salt="another"),
        signing.dumps([row.pk, "always"], salt=SALT, compress=True),
        signing.dumps([999999, "yes"], salt=SALT, compress=True),
        signing.dumps("yes", salt=SALT, compress=True),
    ]
    assert {Client().post(reverse("group_answer", args=[token])).status_code for token in forged} == {404}


def test_a_link_gets_too_old(question, desk, monkeypatch):
    path = path_of(answer_of(question, desk))
    monkeypatch.setattr(asking, "LINK_AGE", -1)

    assert Client().post(path).status_code == 404


def test_the_desk_reads_all_answers(question, desk):
    Client().post(path_of(answer_of(question, desk)), {"note": "<b>graag</b>"})

    page = desk.client().get(reverse("expert_desk:question", args=[question.pk])).content.decode()
    assert "&lt;b&gt;graag" in page
    rows = desk.client().get(reverse("expert_desk:questions")).context["questions"]
    assert [(row.asked, row.answered, row.yes) for row in rows] == [(2, 1, 1)]


def test_the_desk_asks_about_a_booking(desk):
    booking = desk.parties.booking(BookingState.REQUESTED)
    url = f"{reverse('expert_desk:ask')}?boeking={booking.pk}"
    data = {"subject": "Wie", "text": "Wie?", "answer_by": "2030-01-01", "experts": [desk.parties.expert.pk]}

    assert desk.client().post(url, data).status_code == 302
    assert GroupQuestion.objects.get().booking == booking


@pytest.mark.parametrize("wrong", [{"experts": []}, {"answer_by": "2020-01-01"}, {"text": ""}])
def test_an_incomplete_question_is_not_mailed(desk, wrong):
    data = {"subject": "Wie", "text": "Wie?", "answer_by": "2030-01-01", "experts": [desk.parties.expert.pk]}

    assert desk.client().post(reverse("expert_desk:ask"), {**data, **wrong}).status_code == 422
    assert not GroupQuestion.objects.exists()


def test_questions_go_after_their_term(question, desk, settings):
    assert personal_data.as_data(desk.parties.desk)["group_questions"][0]["title"] == question.subject
    run(only=["group_questions"])
    assert GroupQuestion.objects.exists()
    GroupQuestion.objects.update(
        asked_at=timezone.now() - datetime.timedelta(days=settings.RETENTION_DAYS["group_questions"] + 1)
    )

    assert [outcome.count for outcome in run(only=["group_questions"])] == [1]
    assert not GroupAnswer.objects.exists()


def test_vvsg_notes_what_it_heard_on_the_telephone(question, desk):
    row = answer_of(question, desk)
    address = reverse("expert_desk:note_answer", args=[question.pk, row.pk])
    assert address in desk.client().get(reverse("expert_desk:question", args=[question.pk])).content.decode()

    wrong = desk.client().post(address, {"can": "perhaps", "note": "Belde terug"})
    assert wrong.status_code == 422
    assert "Belde terug" in wrong.content.decode()

    assert desk.client().post(address, {"can": "maybe", "note": "Belde terug"}).status_code == 302
    row.refresh_from_db()
    assert (row.can, row.note, row.answered_at is None) == ("maybe", "Belde terug", False)

    asking.close(question=question)
    assert desk.client().post(address, {"can": "yes"}).status_code == 302
    row.refresh_from_db()
    assert row.can == "maybe"
    other = reverse("expert_desk:note_answer", args=[question.pk + 1, row.pk])
    assert desk.client().get(other).status_code == 404

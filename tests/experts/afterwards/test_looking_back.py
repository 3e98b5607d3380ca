"""After a delivery: the municipality evaluates, the expert reports, and a certificate says that it took place."""

import datetime

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from core.mail.models import OutgoingMail
from core.retention import run
from experts.afterwards import reminding, services
from experts.afterwards.personal_data import TERM
from experts.booking.exceptions import BookingError
from experts.choices import BookingState
from experts.models import AskedAfterwards, DeliveryReport, Evaluation
from people import personal_data
from tests.experts.factories import make_expert

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.slow]
ANSWERS = {"answered": 5, "usable": 4, "expertise": 5, "organised": 3, "again": 5, "remarks": "Graag nog eens."}
TOLD = {"done": "Een middag met het team.", "reached": 12, "learnt": "Begin met luisteren.", "may_share": ""}


def url(name, delivered):
    return reverse(f"booking_{name}", args=[delivered.booking.uid])


def told(**overrides):
    return {**TOLD, "may_share": False, **overrides}


@pytest.fixture
def outbox():
    """Every mail stays: nothing is sent in a test's transaction."""

    def taken():
        mails = list(OutgoingMail.objects.values_list("to", "body"))
        OutgoingMail.objects.all().delete()
        return mails

    return taken


WHO = {
    "evaluation": {"decider": 200, "desk": 200, "acting": 403, "colleague": 403, "stranger": 404, "anonymous": 302},
    "report": {"decider": 403, "desk": 200, "acting": 200, "colleague": 403, "stranger": 404, "anonymous": 302},
    "lesson": {"decider": 200, "desk": 200, "acting": 200, "colleague": 403, "stranger": 404, "anonymous": 302},
}


@pytest.mark.parametrize("name", WHO)
def test_who_opens_what(delivered, name):
    found = {role: delivered.client(role).get(url(name, delivered)).status_code for role in WHO[name]}
    assert found == WHO[name]
    assert delivered.client("decider").put(url(name, delivered)).status_code == 405


def test_the_municipality_answers_five_questions_once(delivered):
    client = delivered.client("decider")
    assert client.post(url("evaluation", delivered), ANSWERS).status_code == 302

    delivered.booking.refresh_from_db()
    made = Evaluation.objects.get()
    assert (made.organised, made.by, delivered.booking.state) == (3, delivered.parties.decider, BookingState.EVALUATED)
    again = client.post(url("evaluation", delivered), {**ANSWERS, "organised": 1})
    assert again.status_code == 422
    assert Evaluation.objects.get().organised == 3
    assert "<form class" not in client.get(url("evaluation", delivered)).content.decode()


@pytest.mark.parametrize("wrong", [{"answered": 6}, {"answered": 0}, {"answered": "alles"}, {"again": ""}])
def test_an_answer_outside_the_scale_is_refused(delivered, wrong):
    response = delivered.client("decider").post(url("evaluation", delivered), {**ANSWERS, **wrong})

    assert response.status_code == 422
    assert not Evaluation.objects.exists()


@pytest.mark.parametrize("role", ["acting", "colleague", "stranger", "anonymous"])
def test_others_evaluate_nothing(delivered, role):
    delivered.client(role).post(url("evaluation", delivered), ANSWERS)

    assert not Evaluation.objects.exists()


def test_the_expert_reports_and_both_get_the_certificate(delivered, outbox):
    outbox()
    assert delivered.client("acting").post(url("report", delivered), TOLD).status_code == 302

    made = DeliveryReport.objects.get()
    assert (made.expert, made.reached, made.by) == (delivered.parties.expert, 12, delivered.parties.acting)
    mails = dict(outbox())
    assert set(mails) == {delivered.parties.decider.email, delivered.parties.acting.email}
    assert all(made.certificate_code in body for body in mails.values())
    again = delivered.client("acting").post(url("report", delivered), {**TOLD, "reached": 99})
    assert (again.status_code, DeliveryReport.objects.get().reached) == (200, 12)


def test_nobody_reports_what_did_not_take_place(delivered):
    parties = delivered.parties
    other = parties.draft()
    with pytest.raises(BookingError):
        services.report(booking=other, expert=parties.expert, by=parties.acting, told=told())


def test_an_expert_reports_only_for_herself(delivered):
    with pytest.raises(BookingError):
        services.report(
            booking=delivered.booking, expert=delivered.parties.expert, by=delivered.parties.decider, told=told()
        )
    with pytest.raises(BookingError):
        services.report(booking=delivered.booking, expert=make_expert(), by=delivered.parties.desk, told=told())


def test_everybody_checks_a_certificate_by_its_code(delivered, client):
    made = services.report(
        booking=delivered.booking, expert=delivered.parties.expert, by=delivered.parties.acting, told=told()
    )
    page = client.get(reverse("certificate", args=[made.certificate_code.lower()]))

    text = page.content.decode()
    assert page.status_code == 200
    assert delivered.parties.expert.title in text and delivered.parties.organisation.name in text
    hidden = (TOLD["done"], delivered.booking.subject, delivered.booking.question, delivered.parties.acting.email)
    assert not any(secret in text for secret in hidden)
    assert "noindex" in text
    assert client.get(reverse("certificate", args=["AAAA-AAAA-AAAA"])).status_code == 404
    assert client.post(reverse("certificate", args=[made.certificate_code])).status_code == 405


def test_only_the_parties_take_the_paper(delivered):
    made = services.report(
        booking=delivered.booking, expert=delivered.parties.expert, by=delivered.parties.acting, told=told()
    )
    address = reverse("certificate_file", args=[made.certificate_code])
    expected = {"decider": 200, "acting": 200, "desk": 200, "colleague": 403, "stranger": 404, "anonymous": 302}
    answers = {role: delivered.client(role).get(address) for role in expected}

    assert {role: answer.status_code for role, answer in answers.items()} == expected
    assert answers["decider"].content.startswith(b"%PDF-")
    assert delivered.client("desk").get(reverse("certificate_file", args=["X"])).status_code == 404


def test_the_expert_is_asked_once_and_reminded_twice(delivered, outbox):
    outbox()
    sent = []
    for _week in range(6):
        AskedAfterwards.objects.update(last_at=timezone.now() - datetime.timedelta(days=8))
        reminding.ask()
        reminding.ask()  # a second run the same day sends nothing
        sent.append([to for to, _body in outbox()])

    expert, town = delivered.parties.acting.email, delivered.parties.decider.email
    assert [mails.count(expert) for mails in sent] == [1, 1, 1, 0, 0, 0]
    assert [mails.count(town) for mails in sent] == [0, 1, 1, 0, 0, 0]  # the first was the mail of the delivery


def test_whoever_looked_back_is_left_alone(delivered, outbox):
    parties = delivered.parties
    services.evaluate(booking=delivered.booking, by=parties.decider, answers=ANSWERS)
    services.report(booking=delivered.booking, expert=parties.expert, by=parties.acting, told=told())
    outbox()

    reminding.ask()

    assert outbox() == []


def test_words_go_after_the_term_and_figures_stay(delivered, settings):
    parties = delivered.parties
    services.evaluate(booking=delivered.booking, by=parties.decider, answers=ANSWERS)
    services.report(booking=delivered.booking, expert=parties.expert, by=parties.acting, told=told())
    run(only=["evaluations"])
    assert Evaluation.objects.get().remarks
    long_ago = timezone.now() - datetime.timedelta(days=settings.RETENTION_DAYS[TERM] + 1)
    Evaluation.objects.update(at=long_ago)
    DeliveryReport.objects.update(at=long_ago)

    assert [outcome.count for outcome in run(only=["evaluations"])] == [2]
    evaluation, report = Evaluation.objects.get(), DeliveryReport.objects.get()
    assert (evaluation.remarks, evaluation.by, evaluation.organised) == ("", None, 3)
    assert (report.done, report.learnt, report.by, report.reached) == ("", "", None, 12)
    assert [outcome.count for outcome in run(only=["evaluations"])] == [0]


def test_what_somebody_wrote_is_hers_to_see_and_forgotten_with_her(delivered):
    parties = delivered.parties
    services.evaluate(booking=delivered.booking, by=parties.decider, answers=ANSWERS)
    services.report(booking=delivered.booking, expert=parties.expert, by=parties.acting, told=told())

    assert personal_data.as_data(parties.decider)["evaluations"][0]["text"] == ANSWERS["remarks"]
    assert TOLD["done"] in personal_data.as_data(parties.acting)["delivery_reports"][0]["text"]
    personal_data.forget(parties.decider)
    personal_data.forget(parties.acting)
    assert (Evaluation.objects.get().remarks, Evaluation.objects.get().by) == ("", None)
    assert DeliveryReport.objects.get().by is None


def test_the_hourly_command_asks_and_one_bad_booking_stops_no_other(delivered, outbox, monkeypatch):
    outbox()
    monkeypatch.setattr(reminding.mails, "report_asked", lambda *args, **kwargs: 1 / 0)
    call_command("bookings", verbosity=0)
    assert not AskedAfterwards.objects.exclude(expert=None).exists()
    monkeypatch.undo()

    call_command("bookings", verbosity=0)

    assert [to for to, _body in outbox()] == [delivered.parties.acting.email]

"""What was learnt becomes the library's only when both parties agreed to the same text."""

import pytest
from django.urls import reverse

from core.mail.models import OutgoingMail
from experts.afterwards import lessons, services
from experts.booking.exceptions import BookingError, StaleBooking
from experts.choices import Party
from experts.models import SharedLesson
from people.audiences import Audience
from people.services.closing import set_page_audience
from practices.choices import Outcome
from practices.models import Adoption, PracticePage
from tests.factories import make_practice

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.slow]
TEXT = "Eerst luisteren, dan pas een plan."
TOWN, EXPERT = Party.MUNICIPALITY, Party.EXPERT


def written(delivered, party=EXPERT, **told):
    return lessons.write_lesson(booking=delivered.booking, party=party, told={"text": TEXT, **told})


def test_one_consent_shares_nothing(delivered):
    lesson = written(delivered)

    assert (bool(lesson.expert_consents_at), lesson.municipality_consents_at, lesson.shared_at) == (True, None, None)
    assert not Adoption.objects.exists()
    assert not PracticePage.objects.exists()


def test_with_both_it_becomes_an_experience_on_the_practice(delivered):
    practice = make_practice()
    lesson = written(delivered, about=practice, outcome=Outcome.FAILED, adapted="Korter.")

    lesson = lessons.consent(booking=delivered.booking, party=TOWN, seen=lesson.version)

    made = Adoption.objects.get()
    assert (made.practice, made.organisation) == (practice, delivered.parties.organisation)
    assert (made.outcome, made.text, made.adapted) == (Outcome.FAILED, TEXT, "Korter.")
    assert made.consented_on is not None
    assert (lesson.became_id, bool(lesson.shared_at)) == (practice.pk, True)


def test_without_a_practice_it_becomes_a_draft_of_one(delivered):
    lesson = written(delivered, party=TOWN)

    lesson = lessons.consent(booking=delivered.booking, party=EXPERT, seen=lesson.version)

    draft = PracticePage.objects.get()
    assert (draft.live, draft.owner, lesson.became_id) == (False, delivered.parties.decider, draft.pk)
    assert TEXT in draft.lessons_learned
    assert not Adoption.objects.exists()


def test_a_practice_that_was_withdrawn_since_takes_no_experience(delivered):
    practice = make_practice()
    lesson = written(delivered, about=practice, outcome=Outcome.WORKED)
    practice.unpublish()

    lesson = lessons.consent(booking=delivered.booking, party=TOWN, seen=lesson.version)

    assert not Adoption.objects.exists()
    assert lesson.became_id != practice.pk


def test_either_takes_her_consent_back_until_it_is_shared(delivered):
    lesson = written(delivered)
    lessons.withdraw_consent(booking=delivered.booking, party=EXPERT)

    lesson = lessons.consent(booking=delivered.booking, party=TOWN, seen=lesson.version)
    assert lesson.shared_at is None
    lesson = lessons.consent(booking=delivered.booking, party=EXPERT, seen=lesson.version)
    assert lesson.shared_at is not None
    with pytest.raises(StaleBooking):
        lessons.withdraw_consent(booking=delivered.booking, party=EXPERT)


def test_a_change_of_the_text_ends_the_others_consent(delivered):
    first = written(delivered)
    lessons.write_lesson(booking=delivered.booking, party=TOWN, told={"text": "Anders."}, seen=first.version)

    lesson = SharedLesson.objects.get()
    assert (lesson.expert_consents_at, lesson.shared_at) == (None, None)
    with pytest.raises(StaleBooking):
        lessons.consent(booking=delivered.booking, party=EXPERT, seen=first.version)


def test_agreeing_twice_shares_once(delivered):
    lesson = written(delivered, about=make_practice(), outcome=Outcome.WORKED)
    lessons.consent(booking=delivered.booking, party=TOWN, seen=lesson.version)

    with pytest.raises(StaleBooking):
        lessons.consent(booking=delivered.booking, party=TOWN, seen=lesson.version)
    assert Adoption.objects.count() == 1


def test_vvsg_agrees_for_nobody(delivered):
    with pytest.raises(BookingError):
        written(delivered, party=Party.VVSG)
    lesson = written(delivered)
    with pytest.raises(BookingError):
        lessons.consent(booking=delivered.booking, party=Party.VVSG, seen=lesson.version)


def test_the_other_party_is_asked_with_the_text(delivered):
    OutgoingMail.objects.all().delete()
    written(delivered)

    mail = OutgoingMail.objects.get()
    assert mail.to == delivered.parties.decider.email
    assert TEXT in mail.body


def test_the_report_of_the_expert_offers_what_she_ticks(delivered):
    told = {"done": "x", "reached": None, "learnt": TEXT, "may_share": True}
    services.report(booking=delivered.booking, expert=delivered.parties.expert, by=delivered.parties.acting, told=told)

    assert SharedLesson.objects.get().expert_consents_at is not None


def post(delivered, role, **data):
    return delivered.client(role).post(reverse("booking_lesson", args=[delivered.booking.uid]), data)


def read(delivered, role):
    return delivered.client(role).get(reverse("booking_lesson", args=[delivered.booking.uid])).content.decode()


def test_the_page_from_first_word_to_shared(delivered):
    practice = make_practice()
    form = {"text": TEXT, "about": practice.pk, "outcome": "worked", "adapted": "", "seen": "0"}
    assert post(delivered, "decider", **form).status_code == 302
    lesson = SharedLesson.objects.get()
    assert (
        TEXT in delivered.client("acting").get(reverse("booking_lesson", args=[delivered.booking.uid])).content.decode()
    )

    post(delivered, "acting", step="agree", seen=str(lesson.version))

    assert Adoption.objects.get().text == TEXT
    shown = read(delivered, "acting")
    assert practice.url in shown
    assert 'name="step"' not in shown


def test_a_practice_needs_its_outcome(delivered):
    form = {"text": TEXT, "about": make_practice().pk, "outcome": "", "adapted": "", "seen": "0"}

    assert post(delivered, "decider", **form).status_code == 422


@pytest.mark.parametrize("data", [{"step": "agree"}, {"step": "agree", "seen": "zo"}, {"step": "withdraw"}])
def test_a_step_without_a_text_changes_nothing(delivered, data):
    assert post(delivered, "acting", **data).status_code == 302
    assert not SharedLesson.objects.exists()


@pytest.mark.parametrize("role", ["colleague", "stranger", "anonymous", "desk"])
def test_others_share_nothing(delivered, role):
    lesson = written(delivered)
    post(delivered, role, step="agree", seen=str(lesson.version))
    post(delivered, role, text="Anders.", seen=str(lesson.version), about="", outcome="", adapted="")

    lesson.refresh_from_db()
    assert (lesson.text, lesson.municipality_consents_at, lesson.shared_at) == (TEXT, None, None)


def test_the_text_is_never_markup(delivered):
    lessons.write_lesson(booking=delivered.booking, party=EXPERT, told={"text": "<script>alert(1)</script>"})

    assert "<script>alert" not in read(delivered, "decider")


def test_a_practice_that_the_other_party_may_not_see_is_not_named_to_her(delivered):
    practice = make_practice(title="Kwelspreeuw")
    set_page_audience(practice, Audience.LIVC_R)
    written(delivered, party=TOWN, about=practice, outcome=Outcome.WORKED)

    assert "Kwelspreeuw" not in read(delivered, "acting")

"""What remains of a question: agreed by who brought it in, and without a trace of group or person in the library."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from events.choices import Part
from events.intervision import services
from events.intervision.exceptions import IntervisionError, NotAllowed, Stale
from events.intervision.services.lessons import who_must_agree
from events.models import CaseBrought, GroupLesson, GroupMember
from practices.models import Adoption, PracticePage
from tests.events.intervision.conftest import Room, mails_to, told
from tests.factories import make_organisation, make_practice

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.slow]


@pytest.fixture
def vvsg(db):
    return make_organisation("VVSG", kind="vvsg")


def agreed(room: Room, lesson: GroupLesson, *members: GroupMember) -> GroupLesson:
    for member in members:
        services.agree(lesson=lesson, by=member, seen=lesson.version)
    lesson.refresh_from_db()
    return lesson


def second_case(room: Room, by: GroupMember) -> CaseBrought:
    return services.bring(meeting=room.meeting, by=by, title="Nog een vraag", text="Tekst")


def test_it_is_shared_with_the_last_agreement_and_becomes_an_experience(room, vvsg):
    practice = make_practice(title="Praattafel")
    cases = [room.case, second_case(room, room.others[1])]
    lesson = services.write_lesson(
        by=room.facilitator, told=told(about=Page.objects.get(pk=practice.pk), outcome="worked"), cases=cases
    )
    assert [row.pk for row in who_must_agree(lesson)] == [room.member.pk, room.others[1].pk]
    assert agreed(room, lesson, room.member).shared_at is None
    assert not Adoption.objects.exists()

    assert agreed(room, lesson, room.others[1]).shared_at is not None
    made = Adoption.objects.get()
    assert (made.organisation, made.practice, made.outcome) == (vvsg, practice, "worked")
    assert lesson.became_id == practice.pk


def test_nothing_of_the_group_or_of_anybody_goes_along(room, vvsg):
    lesson = agreed(room, services.write_lesson(by=room.facilitator, told=told(), cases=[room.case]), room.member)
    draft = PracticePage.objects.get(pk=lesson.became_id)
    revision = str(draft.latest_revision.content)

    assert (draft.live, draft.owner, draft.latest_revision.user) == (False, None, None)
    for word in (room.group.name, room.group.uid, room.member.user.last_name, room.case.uid, "kwartelmist"):
        assert str(word) not in revision
    assert "kwartelmist" not in str(list(Page.objects.values()))


def test_another_text_asks_everybody_anew(room, vvsg):
    cases = [room.case, second_case(room, room.others[1])]
    lesson = services.write_lesson(by=room.facilitator, told=told(), cases=cases)
    agreed(room, lesson, room.member)
    services.write_lesson(by=room.others[2], told=told(text="Anders."), cases=[], lesson=lesson, seen=1)

    lesson.refresh_from_db()
    assert (lesson.version, lesson.consents.count()) == (2, 0)
    with pytest.raises(Stale):
        services.agree(lesson=lesson, by=room.others[1], seen=1)


def test_writing_is_not_agreeing_so_that_a_first_text_stays_in_the_room(room, vvsg):
    lesson = services.write_lesson(by=room.member, told=told(), cases=[room.case])
    assert (lesson.shared_at, lesson.consents.count()) == (None, 0)
    lesson = services.write_lesson(by=room.others[0], told=told(text="Anders."), cases=[], lesson=lesson, seen=1)

    assert agreed(room, lesson, room.member).shared_at is not None


def test_only_who_brought_a_question_in_agrees(room, vvsg):
    for member in (room.facilitator, room.others[0]):
        with pytest.raises(NotAllowed):
            services.agree(lesson=room.lesson, by=member, seen=room.lesson.version)


def test_agreeing_can_be_taken_back_until_it_is_shared(room, vvsg):
    cases = [room.case, second_case(room, room.others[1])]
    lesson = services.write_lesson(by=room.facilitator, told=told(), cases=cases)
    agreed(room, lesson, room.member)
    services.take_back(lesson=lesson, by=room.member)

    assert agreed(room, lesson, room.others[1]).shared_at is None
    agreed(room, lesson, room.member)
    with pytest.raises(Stale):
        services.take_back(lesson=lesson, by=room.member)


def test_a_question_stays_linked_so_that_nobody_is_passed_over(room, vvsg):
    services.write_lesson(
        by=room.others[0],
        told=told(),
        cases=[second_case(room, room.others[0])],
        lesson=room.lesson,
        seen=room.lesson.version,
    )
    room.lesson.refresh_from_db()

    assert room.member in who_must_agree(room.lesson)
    assert room.lesson.shared_at is None


def test_a_lesson_needs_a_question_of_this_group(room):
    with pytest.raises(IntervisionError):
        services.write_lesson(by=room.member, told=told(), cases=[])


def test_the_link_outlives_the_question(room, vvsg):
    services.erase(case=room.case, by=room.member)

    assert agreed(room, room.lesson, room.member).shared_at is not None


def test_for_who_left_the_facilitator_agrees(room, vvsg):
    services.leave(member=room.member)

    assert [row.part for row in who_must_agree(room.lesson)] == [Part.FACILITATOR]
    assert agreed(room, room.lesson, room.facilitator).shared_at is not None


def test_leaving_takes_the_facilitators_earlier_agreement_away(room, vvsg):
    cases = [room.case, second_case(room, room.facilitator)]
    lesson = services.write_lesson(by=room.facilitator, told=told(), cases=cases)
    agreed(room, lesson, room.facilitator)
    assert lesson.consents.count() == 1
    services.leave(member=room.member)

    lesson.refresh_from_db()
    assert (lesson.shared_at, lesson.consents.count()) == (None, 0)


def test_without_vvsg_among_the_organisations_nothing_is_lost(room):
    with pytest.raises(IntervisionError):
        services.agree(lesson=room.lesson, by=room.member, seen=room.lesson.version)

    room.lesson.refresh_from_db()
    assert room.lesson.shared_at is None


# The pages


def at(room: Room, name: str, *more: object) -> str:
    return reverse(f"intervision_{name}", args=[room.group.uid, *more])


def form_of(room: Room, **changes: object) -> dict[str, object]:
    return {"title": "Begin klein", "text": "Praat eerst.", "cases": [room.case.pk], "seen": 1, **changes}


def test_a_member_writes_and_the_bringer_agrees(room, vvsg):
    answer = room.client("another").post(at(room, "new_lesson"), form_of(room))
    lesson = GroupLesson.objects.order_by("-pk").first()
    url = at(room, "lesson", lesson.uid)
    assert answer.url == url
    assert any(url in text for text in mails_to(room.member.user.email))
    assert url in room.client("member").get(reverse("my_page")).content.decode()

    room.client("another").post(url, {"step": "agree", "seen": lesson.version})
    lesson.refresh_from_db()
    assert lesson.shared_at is None
    room.client("member").post(url, {"step": "agree", "seen": lesson.version})
    lesson.refresh_from_db()
    assert lesson.shared_at is not None


@pytest.mark.parametrize("whose", ["member", "organisation", "group", "person"])
def test_what_tells_about_whom_it_is_is_asked_about(room, whose):
    words = {
        "member": room.member.user.last_name,
        "organisation": room.member.user.memberships.get().organisation.name,
        "group": room.group.name,
        "person": "Wij spraken met mevrouw Peeters",
    }
    answer = room.client("another").post(at(room, "new_lesson"), form_of(room, text=f"In {words[whose]} werkte het."))

    assert answer.status_code == 422
    assert 'name="no_personal_data"' in answer.content.decode()


def test_a_stale_tab_overwrites_nothing(room):
    url = at(room, "change_lesson", room.lesson.uid)
    assert room.client("member").post(url, form_of(room, cases=[], seen=7)).status_code == 409
    room.lesson.refresh_from_db()

    assert room.lesson.title == "Een les"


def test_a_lesson_about_a_practice_says_what_came_of_it(room):
    practice = make_practice()
    answer = room.client("another").post(at(room, "new_lesson"), form_of(room, about=practice.pk))

    assert answer.status_code == 422

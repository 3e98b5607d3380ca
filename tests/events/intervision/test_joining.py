"""The way into a group and out of it."""

import pytest
from django.urls import reverse

from core.mail.models import OutgoingMail
from events.choices import MemberState, Part
from events.intervision import names, services
from events.intervision.exceptions import GroupFull, IntervisionError, NotAllowed
from events.models import GroupMember, JoinConsent
from events.models.intervision import LARGEST
from people.audiences import Audience
from people.services.closing import set_page_audience
from tests.events.factories import (
    add_group_member,
    make_event,
    make_group,
    make_meeting,
    make_organiser,
    make_participant,
)
from tests.events.intervision.conftest import Room, browser_of, confirm, mails_to
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(db):
    return make_group(members=1)


@pytest.fixture
def facilitator(group):
    return group.members.get()


def at(group, name="room", *more):
    return reverse(f"intervision_{name}", args=[group.uid, *more])


def signed(group, user, **changes):
    return {"accepted_name": user.get_full_name(), "seen": group.rules_version, **changes}


def invited(facilitator, user=None):
    user = user or make_participant()
    confirm(user)
    return user, services.invite(by=facilitator, email=user.email.upper())


def test_an_invitation_leads_to_the_rules_and_from_there_into_the_room(group, facilitator):
    make_meeting(group)
    user, row = invited(facilitator)
    client = browser_of(user)
    assert at(group, "rules") in mails_to(user.email)[0]
    assert client.get(at(group)).status_code == 404

    client.get(at(group, "rules"))
    row.refresh_from_db()
    assert row.state == MemberState.INVITED
    assert client.post(at(group, "rules"), signed(group, user)).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.user, row.accepted_name, row.accepted_version) == (
        MemberState.ACTIVE,
        user,
        user.get_full_name(),
        1,
    )
    assert client.get(at(group)).status_code == 200
    assert "METHOD:REQUEST" in mails_to(user.email)[-1]


def test_an_invitation_is_for_who_confirmed_the_address(group, facilitator):
    invited(facilitator)
    other = make_participant()

    assert browser_of(other).get(at(group, "rules")).status_code == 404
    assert browser_of(other).post(at(group, "rules"), signed(group, other)).status_code == 404


def test_an_unconfirmed_address_opens_nothing(group, facilitator):
    user = make_participant()
    services.invite(by=facilitator, email=user.email)

    assert browser_of(user).get(at(group, "rules")).status_code == 404


def test_an_invitation_can_be_declined(group, facilitator):
    user, row = invited(facilitator)
    browser_of(user).post(at(group, "rules"), {"step": "decline"})

    row.refresh_from_db()
    assert (row.state, row.email) == (MemberState.REFUSED, "")
    assert len(mails_to(facilitator.user.email)) == 1


@pytest.mark.parametrize(
    ("typed", "accepted"),
    [
        ("Elif Ünal-Peeters", True),
        ("peeters unal ELIF", True),
        ("Elif Maria Ünal Peeters", True),
        ("Elif", False),
        ("Jan Janssens", False),
        ("", False),
    ],
)
def test_the_rules_are_accepted_in_her_own_name(typed, accepted):
    user = make_user(first_name="Elif", last_name="Ünal-Peeters")

    assert names.is_name_of(user, typed) is accepted


def test_somebody_elses_name_accepts_nothing(group, facilitator):
    user, row = invited(facilitator)
    answer = browser_of(user).post(at(group, "rules"), signed(group, user, accepted_name="Iemand Anders"))

    row.refresh_from_db()
    assert (answer.status_code, row.state) == (422, MemberState.INVITED)


def test_rules_that_changed_while_she_read_are_read_again(group, facilitator):
    user, row = invited(facilitator)
    services.change_group(group=group, by=facilitator, told={"rules": "Andere regels."})
    answer = browser_of(user).post(at(group, "rules"), signed(group, user, seen=1))

    row.refresh_from_db()
    assert (answer.status_code, row.state) == (409, MemberState.INVITED)


def test_new_rules_keep_everybody_out_until_she_accepts_them(room: Room):
    services.change_group(group=room.group, by=room.facilitator, told={"rules": "Nieuwe regels."})
    client, group = room.client("member"), room.group
    group.refresh_from_db()
    case = at(group, "case", room.case.uid)
    for method in ("get", "post"):
        answer = getattr(client, method)(case)
        assert (answer.status_code, answer.headers["Location"]) == (302, at(group, "rules"))

    client.post(at(group, "rules"), signed(group, room.member.user))
    assert client.get(case).status_code == 200
    assert len([text for text in mails_to(room.member.user.email) if at(group, "rules") in text]) == 1


def test_the_same_rules_in_another_layout_ask_nothing(room: Room):
    services.change_group(group=room.group, by=room.facilitator, told={"rules": "Regel\n duinregel. "})

    assert room.client("member").get(at(room.group)).status_code == 200


def test_a_group_has_at_most_eight_and_invitations_count(group, facilitator):
    for _number in range(LARGEST - 1):
        invited(facilitator)
    with pytest.raises(GroupFull):
        services.invite(by=facilitator, email="negende@voorbeeld.be")

    row = group.members.filter(state=MemberState.INVITED).first()
    services.withdraw_invitation(invitation=row, by=facilitator)
    assert services.invite(by=facilitator, email="negende@voorbeeld.be")


def test_the_group_opens_with_five_and_is_a_fixed_one_then(group, facilitator):
    for number in range(2, 6):
        user, row = invited(facilitator)
        services.accept(invitation=row, user=user, name=user.get_full_name(), seen=1)
        group.refresh_from_db()
        assert (group.opened_at is not None) is (number == 5)

    row = services.invite(by=facilitator, email="zesde@voorbeeld.be")
    assert row.state == MemberState.ASKED
    assert mails_to("zesde@voorbeeld.be") == []


def test_only_the_facilitator_invites(group, facilitator):
    member = add_group_member(group)
    with pytest.raises(NotAllowed):
        services.invite(by=member, email="iemand@voorbeeld.be")


# Asking to join


@pytest.fixture
def announced(room: Room):
    room.group.announced_on, room.group.is_open = make_event(kind="intervision"), True
    room.group.save()
    GroupMember.objects.filter(pk=room.candidate.pk).delete()
    return room


def test_the_page_of_the_calendar_shows_groups_that_take_members(announced: Room):
    page = announced.group.announced_on
    assert at(announced.group, "ask") in announced.client("anonymous").get(page.url).content.decode()

    announced.group.is_open = False
    announced.group.save()
    assert at(announced.group, "ask") not in announced.client("anonymous").get(page.url).content.decode()
    assert announced.client("practitioner").get(at(announced.group, "ask")).status_code == 404


def test_who_may_not_see_the_page_cannot_ask(announced: Room):
    set_page_audience(announced.group.announced_on, Audience.LIVC_R)

    assert announced.client("practitioner").get(at(announced.group, "ask")).status_code == 404


def test_who_works_nowhere_cannot_ask(announced: Room):
    answer = announced.client("stranger").post(at(announced.group, "ask"), {"motivation": "Graag."})

    assert answer.status_code == 422
    assert not GroupMember.objects.filter(state=MemberState.ASKED).exists()


def asked(room: Room) -> GroupMember:
    answer = room.client("practitioner").post(at(room.group, "ask"), {"motivation": "Ik wil leren."})
    assert answer.status_code == 302
    return GroupMember.objects.get(state=MemberState.ASKED)


def test_every_yes_brings_an_invitation_and_the_answers_are_forgotten(announced: Room):
    row = asked(announced)
    everybody = [announced.facilitator, announced.member, *announced.others]
    for member in everybody:
        assert any(at(announced.group, "candidate", row.pk) in text for text in mails_to(member.user.email))
        row.refresh_from_db()
        assert row.state == MemberState.ASKED
        services.answer_candidate(candidate=row, by=member, agrees=True)

    row.refresh_from_db()
    assert (row.state, row.motivation) == (MemberState.INVITED, "")
    assert not JoinConsent.objects.exists()
    assert announced.client("practitioner").get(at(announced.group)).status_code == 404
    assert announced.client("practitioner").get(at(announced.group, "rules")).status_code == 200


def test_one_no_is_enough_and_says_nobodys_name(announced: Room):
    row = asked(announced)
    services.answer_candidate(candidate=row, by=announced.facilitator, agrees=True)
    url = at(announced.group, "candidate", row.pk)
    assert announced.client("member").post(url, {"step": "no"}).status_code == 302

    row.refresh_from_db()
    assert (row.state, row.motivation) == (MemberState.REFUSED, "")
    assert not JoinConsent.objects.exists()
    mail = mails_to(row.user.email)[-1]
    for member in (announced.facilitator, announced.member, *announced.others):
        assert member.user.last_name not in mail
        assert member.user.email not in mail
    again = announced.client("practitioner").post(at(announced.group, "ask"), {"motivation": "Toch."})
    assert again.status_code == 422


def test_who_was_only_proposed_hears_nothing_of_a_no(room: Room):
    row = services.invite(by=room.facilitator, email="voorstel@voorbeeld.be")
    services.answer_candidate(candidate=row, by=room.member, agrees=False)

    assert mails_to("voorstel@voorbeeld.be") == []


def test_who_asked_is_not_asked_to_type_it_again(announced: Room):
    row = asked(announced)
    client = announced.client("practitioner")
    assert "motivation" not in client.get(at(announced.group, "ask")).content.decode()

    services.withdraw_invitation(invitation=row, by=announced.facilitator)
    assert "motivation" not in client.get(at(announced.group, "ask")).content.decode()
    assert announced.client("member").get(at(announced.group, "ask")).url == at(announced.group)


def test_a_link_to_somebody_who_was_decided_about_leads_to_the_room(announced: Room):
    row = asked(announced)
    services.answer_candidate(candidate=row, by=announced.facilitator, agrees=False)

    url = at(announced.group, "candidate", row.pk)
    assert announced.client("member").get(url).url == at(announced.group)
    assert announced.client("member").get(at(announced.group, "candidate", 0)).status_code == 404
    assert announced.client("practitioner").get(url).status_code == 404


@pytest.mark.parametrize("how", ["withdrawn", "closed"])
def test_who_asked_hears_of_it_whatever_ends_her_request(announced: Room, how: str):
    row = asked(announced)
    if how == "withdrawn":
        services.withdraw_invitation(invitation=row, by=announced.facilitator)
    else:
        services.close_group(group=announced.group, by=announced.facilitator)

    assert len([mail for mail in mails_to(row.user.email) if announced.group.name in mail]) == 1


def test_a_proposal_that_the_facilitator_withdraws_mails_nobody(room: Room):
    row = services.invite(by=room.facilitator, email="voorstel@voorbeeld.be")
    before = OutgoingMail.objects.count()
    services.withdraw_invitation(invitation=row, by=room.facilitator)

    assert OutgoingMail.objects.count() == before


def test_a_member_who_leaves_keeps_nobody_waiting(room: Room):
    for member in (room.facilitator, *room.others):
        services.answer_candidate(candidate=room.candidate, by=member, agrees=True)
    room.candidate.refresh_from_db()
    assert room.candidate.state == MemberState.ASKED

    services.leave(member=room.member)
    room.candidate.refresh_from_db()
    assert room.candidate.state == MemberState.INVITED


# Leaving


def test_who_leaves_finds_nothing_any_more_and_the_meetings_go_from_her_calendar(room: Room):
    client = room.client("member")
    client.get(at(room.group, "leave"))
    assert client.get(at(room.group)).status_code == 200
    client.post(at(room.group, "leave"))

    assert client.get(at(room.group)).status_code == 404
    assert "METHOD:CANCEL" in mails_to(room.member.user.email)[-1]


def test_who_is_removed_hears_why_and_the_others_do_not(room: Room):
    url = at(room.group, "remove", room.member.pk)
    assert room.client("facilitator").post(url, {"why": ""}).status_code == 422
    room.client("facilitator").post(url, {"why": "Zij vertelde verder wat hier gezegd werd."})

    assert room.client("member").get(at(room.group)).status_code == 404
    assert "vertelde verder" in mails_to(room.member.user.email)[-1]
    others = OutgoingMail.objects.exclude(to=room.member.user.email)
    assert not others.filter(body__contains="vertelde verder").exists()


def test_a_facilitator_hands_over_before_she_leaves(room: Room):
    assert room.client("facilitator").get(at(room.group, "leave")).url == at(room.group, "hand_over")
    assert room.client("facilitator").post(at(room.group, "leave")).status_code == 422
    room.client("facilitator").post(at(room.group, "hand_over"), {"to": room.member.pk})
    assert room.client("member").get(at(room.group, "arrange")).status_code == 200

    assert room.client("facilitator").get(at(room.group, "arrange")).status_code == 403
    assert room.client("facilitator").post(at(room.group, "leave")).status_code == 302


def test_the_group_is_not_handed_to_who_is_no_member(room: Room):
    stranger = make_group().members.first()
    answer = room.client("facilitator").post(at(room.group, "hand_over"), {"to": stranger.pk})

    assert answer.status_code == 422
    with pytest.raises(IntervisionError):
        services.hand_over(by=room.facilitator, to=stranger)


def test_a_member_takes_a_group_without_facilitator_on(room: Room):
    assert room.client("member").post(at(room.group, "take_on")).status_code == 422
    GroupMember.objects.filter(pk=room.facilitator.pk).update(part=Part.MEMBER)
    room.client("member").post(at(room.group, "take_on"))

    assert room.client("member").get(at(room.group, "arrange")).status_code == 200


# The organiser


def test_an_organiser_begins_a_group_and_never_gets_in(db):
    organiser = make_organiser()
    client = browser_of(organiser)
    told = {
        "name": "Groep Noord",
        "method": "incident",
        "rules": "Wat hier gezegd wordt, blijft hier.",
        "erase_after_days": 14,
        "facilitator": "begeleider@voorbeeld.be",
    }
    assert client.post(reverse("event_desk:intervision_make"), told).status_code == 302
    row = GroupMember.objects.get()
    assert (row.part, row.state, row.email) == (Part.FACILITATOR, MemberState.INVITED, "begeleider@voorbeeld.be")
    assert client.get(at(row.group)).status_code == 404
    assert mails_to("begeleider@voorbeeld.be")


def test_an_organiser_sees_figures_and_no_word_of_a_room(room: Room):
    for name, arguments in (("groups", []), ("group", [room.group.uid])):
        page = room.client("organiser").get(reverse(f"event_desk:intervision_{name}", args=arguments))
        text = page.content.decode()
        assert page.status_code == 200
        for word in ("kwartelmist", "zilverpad", "mosnotitie", room.member.user.last_name, room.member.user.email):
            assert word not in text
        assert reverse("intervision_glass", args=[room.group.uid]) not in text


def test_an_organiser_names_nobody_into_a_group_at_work(room: Room):
    url = reverse("event_desk:intervision_facilitator", args=[room.group.uid])
    answer = room.client("organiser").post(url, {"email": "ik@voorbeeld.be"})

    assert answer.status_code == 422
    assert not GroupMember.objects.filter(email="ik@voorbeeld.be").exists()


def test_an_organiser_does_not_change_the_rules_of_a_group_at_work(room: Room):
    url = reverse("event_desk:intervision_group", args=[room.group.uid])
    answer = room.client("organiser").post(url, {"name": "Nieuwe naam", "rules": "Alles mag.", "erase_after_days": 60})

    room.group.refresh_from_db()
    assert answer.status_code == 302
    assert (room.group.name, room.group.erase_after_days) == ("Nieuwe naam", 14)
    assert "duinregel" in room.group.rules


@pytest.mark.parametrize("name", ["groups", "make", "group", "facilitator", "close_group"])
def test_the_desk_of_groups_is_for_organisers(room: Room, name: str):
    arguments = [room.group.uid] if name in ("group", "facilitator", "close_group") else []
    url = reverse(f"event_desk:intervision_{name}", args=arguments)

    assert room.client("organiser").get(url).status_code == 200
    assert room.client("editor").get(url).status_code in (302, 403)
    assert room.client("member").get(url).status_code in (302, 403)

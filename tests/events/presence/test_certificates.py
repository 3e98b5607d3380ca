"""Certificates of attendance: for whom, with how many hours, and what whoever has the code reads."""

import datetime
import io
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from events.choices import MemberState
from events.choices import RegistrationState as State
from events.models import GroupCertificate, MeetingPresence, Registration, Session, SessionPresence
from events.presence import certificates, links, windows
from events.presence.links import Purpose
from people import personal_data
from people.audiences import Audience
from people.services.closing import set_page_audience
from tests.events.factories import add_group_member, make_group, make_meeting, make_registration
from tests.events.presence.conftest import ago, running_session

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.slow]
BRUSSELS = ZoneInfo("Europe/Brussels")


def attend(day, *sessions, row=None):
    row = row or day.mine
    for session in sessions or [day.session]:
        SessionPresence.objects.create(registration=row, session=session, present=True)
    Registration.objects.filter(pk=row.pk).update(state=State.PRESENT)


@pytest.fixture
def attended(day):
    attend(day)
    day.be_over(hours=1)
    return day


def paper(day, role="participant", row=None):
    code = (row or day.mine).certificate_code
    return day.client(role).get(reverse("certificate_file", args=[code]))


def text_of(answer):
    assert answer.content.startswith(b"%PDF-")
    return " ".join("\n".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())


def check(day, code=None):
    return day.client("anonymous").get(reverse("certificate", args=[code or day.mine.certificate_code]))


def test_she_takes_the_paper_with_her_name_and_her_hours(attended):
    text = text_of(paper(attended))

    assert attended.mine.name in text and attended.event.title in text
    assert windows.in_words(90) in text
    assert attended.mine.certificate_code in text


def test_everybody_checks_the_code_and_reads_initials_alone(attended):
    answer = check(attended)
    text = answer.content.decode()

    assert answer.status_code == 200
    assert certificates.initials(attended.mine.name) in text and attended.event.title in text
    assert attended.mine.name not in text and attended.mine.email not in text
    assert str(attended.mine.organisation or "geen bestuur") not in text
    assert "noindex" in text


def test_who_takes_the_paper(attended):
    expected = {"participant": 200, "organiser": 200, "stranger": 404, "leader": 404, "anonymous": 302}

    assert {role: paper(attended, role).status_code for role in expected} == expected


@pytest.mark.parametrize("state", [State.REGISTERED, State.ABSENT, State.WAITING, State.WITHDRAWN])
def test_whoever_was_not_there_has_none(attended, state):
    Registration.objects.filter(pk=attended.mine.pk).update(state=state, queued_at=timezone.now())

    assert paper(attended).status_code == 404
    assert check(attended).status_code == 404


def test_a_paper_never_states_that_somebody_attended_nothing(attended):
    """The session was taken off the page, and with it who was there."""
    running_session(attended.event, starts_at=ago(hours=3), ends_at=ago(hours=2))
    attended.session.delete()

    assert paper(attended).status_code == 404


def test_there_is_none_before_the_end(day):
    attend(day)

    assert paper(day).status_code == 404


def test_hours_are_those_of_the_sessions_she_attended(day):
    missed, second = running_session(day.event), running_session(day.event)
    attend(day, day.session, second)
    SessionPresence.objects.create(registration=day.mine, session=missed, present=False)
    for session, (first, last) in zip((day.session, missed, second), ((9, 7), (7, 5), (4, 3.5)), strict=True):
        Session.objects.filter(pk=session.pk).update(starts_at=ago(hours=first), ends_at=ago(hours=last))

    assert windows.in_words(150) in [value for _label, value in certificates.certificate_of(day.mine).rows]


@pytest.mark.parametrize(
    ("spans", "minutes"),
    [
        ([((2026, 3, 29, 1, 30), (2026, 3, 29, 3, 30))], 60),  # an hour does not exist
        ([((2026, 10, 25, 1, 30), (2026, 10, 25, 3, 30))], 180),  # an hour comes twice
        ([((2026, 12, 1, 9), (2026, 12, 1, 12)), ((2026, 12, 1, 10), (2026, 12, 1, 13))], 240),  # side by side
        ([((2026, 12, 1, 9), (2026, 12, 1, 12)), ((2026, 12, 1, 10), (2026, 12, 1, 11))], 180),  # one within the other
        ([], 0),
    ],
)
def test_time_is_counted_as_it_passes(spans, minutes):
    attended = [
        Session(starts_at=datetime.datetime(*start, tzinfo=BRUSSELS), ends_at=datetime.datetime(*end, tzinfo=BRUSSELS))
        for start, end in spans
    ]

    assert windows.minutes_spent(attended) == minutes


@pytest.mark.parametrize(
    "name",
    [
        '#eval("1+1")',
        "*Petra* _D_ $x$",
        '"; #read("/etc/passwd") //',
        "Zoë\u202eeniw\x07 <b>",
        "名前 🎉",
        "a" * 150,
        "\\u{1F600} @ref <label>",
    ],
)
def test_hostile_names_do_no_harm(attended, name):
    Registration.objects.filter(pk=attended.mine.pk).update(name=name)

    answer = paper(attended)

    assert answer.status_code == 200
    assert "root:" not in text_of(answer)
    assert name not in check(attended).content.decode()


@pytest.mark.parametrize(
    ("name", "short"),
    [("Petra Deelnemer", "P. D."), ("An-Sofie van den Bossche", "A. S. V. D. B."), ("", ""), ("<b> 7 é", "É.")],
)
def test_initials_are_letters_alone(name, short):
    assert certificates.initials(name) == short


def test_of_a_closed_event_only_the_kind_is_said(attended):
    set_page_audience(attended.event, Audience.LIVC_R)

    assert attended.event.title not in check(attended).content.decode()
    assert attended.event.title in text_of(paper(attended))


def test_the_code_holds_when_the_person_is_forgotten(attended):
    Registration.objects.filter(pk=attended.mine.pk).update(name="Iemand Anders", anonymised_at=timezone.now())

    answer = check(attended, attended.mine.certificate_code)

    assert answer.status_code == 200
    assert "I. A." not in answer.content.decode()
    assert paper(attended).status_code == 404


def test_the_link_in_the_mail_gives_the_paper_without_an_account(attended):
    guest = make_registration(attended.event, name="Gust Gast")
    attend(attended, row=guest)
    token = links.token_for(Purpose.CERTIFICATE, guest)
    client = attended.client("anonymous")

    assert "Gust Gast" in text_of(client.get(reverse("certificate_by_link", args=[token])))
    for wrong in (f"{token}x", links.token_for(Purpose.EVALUATION, guest), "onbekend"):
        assert client.get(reverse("certificate_by_link", args=[wrong])).status_code == 404
    Registration.objects.filter(pk=guest.pk).update(state=State.ABSENT)
    assert client.get(reverse("certificate_by_link", args=[token])).status_code == 404
    assert client.post(reverse("certificate_by_link", args=[token])).status_code == 405


@pytest.fixture
def circle(day):
    """The participant in an intervision group that met three times, once without her, and will meet again."""
    group = make_group(members=5, name="Kwelgroep")
    member = add_group_member(group, day.people["participant"])
    for days, present in ((-60, True), (-30, False), (-10, True), (5, True)):
        meeting = make_meeting(group, days=days)
        MeetingPresence.objects.create(meeting=meeting, member=member, present=present)
    cancelled = make_meeting(group, days=-5, cancelled_at=timezone.now())
    MeetingPresence.objects.create(meeting=cancelled, member=member, present=True)
    return member


def of_group(day, member, role="participant"):
    return day.client(role).get(reverse("my_group_certificate", args=[member.pk]))


def test_meetings_of_intervision_count_and_the_group_is_not_named(day, circle):
    text = text_of(of_group(day, circle))

    given = GroupCertificate.objects.get()
    assert (given.meetings, given.minutes) == (2, 360)
    assert given.code in text and day.people["participant"].get_full_name() in text
    public = check(day, given.code).content.decode()
    other = circle.group.members.first().user.get_full_name()
    for secret in ("Kwelgroep", other):
        assert secret not in text and secret not in public
    assert day.people["participant"].get_full_name() not in public


def test_the_same_meetings_have_the_same_code_and_more_meetings_another(day, circle):
    of_group(day, circle)
    of_group(day, circle)
    assert GroupCertificate.objects.count() == 1
    first = GroupCertificate.objects.get()

    meeting = make_meeting(circle.group, days=-2)
    MeetingPresence.objects.create(meeting=meeting, member=circle, present=True)
    of_group(day, circle)

    assert GroupCertificate.objects.count() == 2
    assert check(day, first.code).status_code == 200


def test_nobody_but_the_member_takes_it(day, circle):
    expected = {"participant": 200, "organiser": 404, "stranger": 404, "anonymous": 302}
    assert {role: of_group(day, circle, role).status_code for role in expected} == expected

    code = GroupCertificate.objects.get().code
    found = {role: day.client(role).get(reverse("certificate_file", args=[code])).status_code for role in expected}
    assert found == expected


def test_whoever_left_the_group_keeps_what_she_attended(day, circle):
    circle.state = MemberState.LEFT
    circle.save()

    assert of_group(day, circle).status_code == 200


def test_whoever_attended_nothing_gets_none(day):
    member = add_group_member(make_group(), day.people["participant"])

    assert of_group(day, member).status_code == 404


def test_my_certificates_lists_both(attended, circle):
    client = attended.client("participant")
    page = client.get(reverse("my_certificates")).content.decode()

    assert attended.event.title in page and "Kwelgroep" in page
    assert reverse("certificate_file", args=[attended.mine.certificate_code]) in page
    assert attended.event.title not in attended.client("stranger").get(reverse("my_certificates")).content.decode()
    assert reverse("my_certificates") in client.get(reverse("my_page")).content.decode()
    assert attended.client("anonymous").get(reverse("my_certificates")).status_code == 302
    assert client.post(reverse("my_certificates")).status_code == 405


def test_what_is_held_is_hers_to_see_and_goes_with_her(attended, circle):
    user, organiser = attended.people["participant"], attended.people["organiser"]
    of_group(attended, circle)
    SessionPresence.objects.update(noted_by=organiser)

    held = personal_data.as_data(user)
    assert held["attendance"][0]["event"] == attended.event.title
    assert held["group_certificates"][0]["meetings"] == 2
    assert personal_data.as_data(organiser)["attendance_noted"][0]["event"] == attended.event.title
    personal_data.forget(user)
    personal_data.forget(organiser)
    assert SessionPresence.objects.get().noted_by is None
    answer = check(attended, GroupCertificate.objects.get().code)
    assert answer.status_code == 200
    assert certificates.initials(user.get_full_name()) not in answer.content.decode()

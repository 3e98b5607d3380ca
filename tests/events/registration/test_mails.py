"""What is mailed, with which calendar file, and that nothing is mailed twice."""

import datetime
import re
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils import timezone
from django.utils.translation import gettext

from core.models import SiteSettings
from events import chores
from events.choices import Attendance
from events.choices import RegistrationState as State
from events.models import Answer, EventPage, EventPrivate, EventQuestion, EventState, Registration, Session
from events.registration import links, services
from events.registration.invitations import uid
from tests.events.factories import add_session, in_days, make_event, make_organiser, make_participant, make_registration
from tests.events.registration import calendars
from tests.events.registration.making import applicant, register, state_of
from tests.factories import make_tree

BRUSSELS = ZoneInfo("Europe/Brussels")
pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture(autouse=True)
def _mails_are_sent_at_once(settings, monkeypatch):
    """As after a commit."""
    from django.db import transaction

    monkeypatch.setattr(transaction, "on_commit", lambda function, **_kwargs: function())
    site = SiteSettings.for_site(make_tree().site)
    site.contact_email = "vorming@voorbeeld.be"
    site.save()


def sent_to(row) -> list:
    return [message for message in mail.outbox if message.to == [row.email]]


def files(message) -> dict[str, str]:
    return {name: text for name, text, _kind in message.attachments}


def test_the_confirmation_carries_an_invitation_for_each_session():
    event = make_event(sessions=2)
    row = register(event)
    (message,) = sent_to(row)
    text = files(message)["uitnodiging.ics"]

    assert calendars.method(text) == "REQUEST"
    found = calendars.events(text)
    assert {one["UID"] for one in found} == {uid(row, session.uid) for session in event.sessions.all()}
    starts = [calendars.moment(one["DTSTART"]) for one in found]
    assert starts == [session.starts_at for session in event.sessions.order_by("starts_at")]
    assert all(one["ATTENDEE"] == f"mailto:{row.email}" for one in found)


def test_a_calendar_leads_nobody_to_a_login_for_which_she_has_no_account():
    event = make_event()
    member = register(event)
    guest = services.register(event=event, person=services.Applicant("An", "an@voorbeeld.be"), by=make_organiser())
    texts = {row.pk: files(sent_to(row)[0])["uitnodiging.ics"] for row in (member, guest)}
    described = {pk: calendars.events(text)[0]["DESCRIPTION"] for pk, text in texts.items()}

    assert str(member.uid) in described[member.pk]
    assert "http" not in described[guest.pk]
    assert "/inschrijving/link/" not in texts[guest.pk].replace("\r\n ", "")  # nor holds it her key


def test_the_sequence_rises_with_every_file_until_it_is_struck_out():
    event = make_event()
    row = register(event)
    Session.objects.update(venue="Ander huis")
    services.announce_changes(event=EventPage.objects.get(pk=event.pk))
    services.withdraw(registration=row, by=row.user)

    invited, changed, struck = sent_to(row)
    texts = [files(invited)["uitnodiging.ics"], files(changed)["uitnodiging.ics"], files(struck)["vervallen.ics"]]
    found = [calendars.events(text)[0] for text in texts]
    assert [int(one["SEQUENCE"]) for one in found] == [1, 2, 3]
    assert len({one["UID"] for one in found}) == 1
    assert [calendars.method(text) for text in texts] == ["REQUEST", "REQUEST", "CANCEL"]
    assert found[-1]["STATUS"] == "CANCELLED"
    assert "Ander huis" in found[1]["LOCATION"]


def test_hostile_names_write_nothing_into_a_calendar_or_a_subject():
    event = make_event(title='Titel\r\nATTENDEE:mailto:x@y.z";BEGIN:VEVENT')
    nasty = 'Naam\r\nBEGIN:VEVENT\r\nUID:kwaad;CN="x"<script>'
    person = services.Applicant(nasty, "naam@voorbeeld.be")
    row = services.register(event=event, person=person, by=make_organiser())
    (message,) = sent_to(row)

    (found,) = calendars.events(files(message)["uitnodiging.ics"])
    assert found["UID"] == uid(row, event.sessions.get().uid)
    assert "\n" not in message.subject
    assert message.to == ["naam@voorbeeld.be"]
    assert all("<script>" not in body for body, kind in message.alternatives if kind == "text/html")


def test_a_session_keeps_its_hour_across_the_change_of_clock():
    """The last Sunday of October 2032 is the 31st: the same hour by the clock, another one in UTC."""
    event = make_event(sessions=0)
    before, after = (datetime.datetime(2032, 10, day, 9, 0, tzinfo=BRUSSELS) for day in (29, 31))
    for start in (before, after):
        add_session(event, starts_at=start, ends_at=start + datetime.timedelta(hours=3))
    row = register(EventPage.objects.get(pk=event.pk))

    found = calendars.events(files(sent_to(row)[0])["uitnodiging.ics"])
    assert [one["DTSTART"] for one in found] == ["20321029T090000", "20321031T090000"]
    assert [calendars.moment(one["DTSTART"]).astimezone(datetime.UTC).hour for one in found] == [7, 8]


def test_a_move_across_the_change_of_clock_is_told_in_local_time():
    event = make_event(sessions=0)
    start = datetime.datetime(2032, 10, 29, 9, 0, tzinfo=BRUSSELS)
    session = add_session(event, starts_at=start, ends_at=start + datetime.timedelta(hours=3))
    row = register(EventPage.objects.get(pk=event.pk))
    later = datetime.datetime(2032, 11, 5, 9, 0, tzinfo=BRUSSELS)
    Session.objects.filter(pk=session.pk).update(starts_at=later, ends_at=later + datetime.timedelta(hours=3))

    assert services.announce_changes(event=EventPage.objects.get(pk=event.pk)) == 1

    body = sent_to(row)[-1].body
    assert "29 oktober 2032, 9.00–12.00" in body
    assert "5 november 2032, 9.00–12.00" in body


def test_what_changed_is_told_once_to_whom_it_concerns():
    event = make_event(capacity=2)
    one, two = (add_session(event, title=title, choice="keuze") for title in ("Eén", "Twee"))
    event = EventPage.objects.get(pk=event.pk)
    first, second = register(event, sessions=[one]), register(event, sessions=[two])
    waits = register(event, sessions=[one])
    gone = register(event, sessions=[one])
    services.withdraw(registration=gone, by=gone.user)
    mail.outbox.clear()
    Session.objects.filter(pk=one.pk).update(venue="Nieuwe zaal")

    assert [services.announce_changes(event=event) for _time in range(2)] == [2, 0]

    assert len(sent_to(first)) == len(sent_to(waits)) == 1
    assert not sent_to(second)
    assert not sent_to(gone)
    assert "Nieuwe zaal" in sent_to(first)[0].body
    assert files(sent_to(first)[0])
    assert not files(sent_to(waits)[0])


def test_a_session_that_falls_away_is_struck_out_of_the_calendar_of_who_chose_it():
    event = make_event()
    one, two = (add_session(event, title=title, choice="keuze") for title in ("Eén", "Twee"))
    event = EventPage.objects.get(pk=event.pk)
    row, other = register(event, sessions=[one]), register(event, sessions=[two])
    gone = uid(row, one.uid)
    mail.outbox.clear()
    one.delete()
    services.announce_changes(event=event)

    (struck,) = calendars.events(files(sent_to(row)[0])["vervallen.ics"])
    assert struck["UID"] == gone
    assert not sent_to(other)


def test_publishing_tells_what_changed_and_raises_the_capacity():
    event = make_event(capacity=1)
    first, waits = register(event), register(event)
    mail.outbox.clear()
    page = EventPage.objects.get(pk=event.pk)
    page.capacity = 2
    session = page.sessions.get()
    session.venue = "Andere plaats"
    page.sessions = [session]
    page.save_revision().publish()

    waits.refresh_from_db()
    assert waits.state == State.OFFERED
    assert "Andere plaats" in sent_to(first)[0].body
    assert state_of(event).capacity == 2


def test_without_changes_publishing_tells_nothing():
    event = make_event()
    register(event)
    mail.outbox.clear()
    EventPage.objects.get(pk=event.pk).save_revision().publish()
    assert not mail.outbox


def test_a_cancelled_event_is_told_to_everybody_and_goes_from_the_calendars():
    event = make_event(capacity=1)
    first, waits = register(event), register(event)
    mail.outbox.clear()

    assert services.cancel_event(event=event, why="De spreker is ziek.", by=None) == 2

    assert calendars.method(files(sent_to(first)[0])["vervallen.ics"]) == "CANCEL"
    assert not files(sent_to(waits)[0])
    assert all("De spreker is ziek." in message.body for message in mail.outbox)
    assert all(event.get_full_url() in message.body for message in mail.outbox)  # where one asks for the next edition
    assert state_of(event).taken == 0
    assert not services.promote(event=event)


def test_a_replacement_is_told_to_both():
    row = register(make_event())
    mail.outbox.clear()
    new = services.replace(registration=row, name="Nieuw", email="nieuw@voorbeeld.be", by=row.user)

    assert calendars.method(files(sent_to(row)[0])["vervallen.ics"]) == "CANCEL"
    (invited,) = calendars.events(files(sent_to(new)[0])["uitnodiging.ics"])
    assert invited["UID"] == uid(new, row.event.sessions.get().uid)


def test_no_mail_speaks_of_a_file_that_it_does_not_carry():
    event = make_event(capacity=1, sessions=1)
    register(event)
    waiting = [register(event) for _ in range(3)]
    Session.objects.update(venue="Ander huis")
    services.announce_changes(event=EventPage.objects.get(pk=event.pk))
    services.withdraw(registration=waiting[0], by=waiting[0].user)
    services.replace(registration=waiting[1], name="Bo", email="bo@voorbeeld.be", by=waiting[1].user)
    services.cancel_event(event=event, why="Ziek", by=make_organiser())

    bare = [message for message in mail.outbox if not message.attachments]
    assert len(bare) == 3 + 3 + 1 + 2 + 2  # on the list, changed, left, handed over, cancelled
    assert [message.body for message in bare if "attach" in message.body or "bijlage" in message.body] == []


def test_who_takes_a_place_over_hears_that_there_are_questions():
    event = make_event()
    EventQuestion.objects.create(event=event, text="Wat eet u?", required=True)
    row = register(event)
    new = services.replace(registration=row, name="Bo", email="bo@voorbeeld.be", by=row.user)
    other = services.replace(registration=register(make_event()), name="An", email="an@voorbeeld.be", by=row.user)

    (asked,), (not_asked,) = sent_to(new), sent_to(other)
    words = gettext("The organiser asks a few questions. Answer them on the page of your registration.")
    assert words in asked.body
    assert words not in not_asked.body


def test_the_offer_has_one_link_and_says_until_when():
    event = make_event(capacity=1)
    first, waits = register(event), register(event)
    mail.outbox.clear()
    services.withdraw(registration=first, by=first.user)
    waits.refresh_from_db()
    (message,) = sent_to(waits)
    (token,) = re.findall(r"/inschrijving/aanbod/(\S+)/", message.body)
    assert links.of_offer(token) == (waits, True)


def test_the_offer_is_shorter_when_the_event_is_near_and_never_passes_the_start(settings):
    event = make_event(days=1)
    EventState.objects.update(wanted=1, capacity=1)
    first, waits = register(event), register(event)
    services.withdraw(registration=first, by=first.user)
    waits.refresh_from_db()
    start = event.sessions.get().starts_at
    assert waits.held_until < start
    assert waits.held_until <= timezone.now() + (start - timezone.now()) / 2


def test_shortly_before_the_start_nobody_is_offered_a_seat_and_who_waits_hears_it_once():
    event = make_event(capacity=1)
    first, waits = register(event), register(event)
    soon = timezone.now() + datetime.timedelta(hours=1)
    Session.objects.update(starts_at=soon, ends_at=soon + datetime.timedelta(hours=3))
    EventState.objects.update(announced=[], reminded_at=timezone.now())
    services.withdraw(registration=first, by=first.user)
    waits.refresh_from_db()
    assert waits.state == State.WAITING
    mail.outbox.clear()

    for _time in range(2):
        chores.run()
    assert len(sent_to(waits)) == 1


# What the clock does


def test_every_chore_can_run_twice_without_harm():
    event = make_event(days=2, capacity=1)
    first, waits = register(event), register(event)
    chores.run()
    count = len(mail.outbox)
    states = list(Registration.objects.values_list("state", "version"))
    chores.run()
    assert len(mail.outbox) == count
    assert list(Registration.objects.values_list("state", "version")) == states
    assert len(sent_to(first)) == 2  # confirmed, reminded
    assert len(sent_to(waits)) == 1


def test_an_offer_that_nobody_takes_goes_to_the_next_and_is_not_made_again():
    event = make_event(capacity=1)
    rows = [register(event) for _number in range(3)]
    services.withdraw(registration=rows[0], by=rows[0].user)
    Registration.objects.filter(pk=rows[1].pk).update(held_until=timezone.now())
    chores.run()
    for row in rows:
        row.refresh_from_db()
    assert [row.state for row in rows] == [State.WITHDRAWN, State.WITHDRAWN, State.OFFERED]

    services.decline_offer(registration=rows[2], by=rows[2].user)
    assert not services.promote(event=event)


def test_one_event_that_fails_keeps_no_other_from_its_reminder(monkeypatch):
    from events.registration import mails

    broken, whole = register(make_event(days=2)), register(make_event(days=2))
    mail.outbox.clear()
    reminder = mails.reminder

    def failing(row):
        if row.pk == broken.pk:
            raise ValueError("stuk")
        reminder(row)

    monkeypatch.setattr(mails, "reminder", failing)
    chores.run()
    assert len(sent_to(whole)) == 1
    assert state_of(broken.event).reminded_at is None


def online_event(**overrides):
    event = make_event(online_link="https://video.voorbeeld.be/kamer", sessions=0, **overrides)
    start = timezone.now() + datetime.timedelta(days=3)
    end = start + datetime.timedelta(hours=2)
    add_session(event, starts_at=start, ends_at=end, attendance=Attendance.ONLINE)
    return EventPage.objects.get(pk=event.pk)


def move_to(event, hours: float) -> None:
    start = timezone.now() + datetime.timedelta(hours=hours)
    Session.objects.filter(event=event).update(starts_at=start, ends_at=start + datetime.timedelta(hours=2))
    EventState.objects.filter(event=event).update(announced=[])


def test_the_online_link_goes_only_to_who_has_a_place_and_only_shortly_before(client):
    event = online_event(capacity=1)
    row, waits = register(event), register(event)
    chores.run()
    assert not any("video.voorbeeld.be" in message.body for message in mail.outbox)
    client.force_login(row.user)
    page = f"/inschrijving/{row.uid}/"
    assert "video.voorbeeld.be" not in client.get(page).text

    move_to(event, 5)
    for _time in range(2):
        chores.run()

    with_link = [message.to for message in mail.outbox if "video.voorbeeld.be" in message.body]
    assert with_link == [[row.email]]
    assert "video.voorbeeld.be" in client.get(page).text
    client.force_login(waits.user)
    assert "video.voorbeeld.be" not in client.get(f"/inschrijving/{waits.uid}/").text
    assert all("video.voorbeeld.be" not in text for message in mail.outbox for text in files(message).values())


def test_who_gets_a_place_after_the_link_went_out_gets_it_with_the_confirmation():
    event = online_event()
    move_to(event, 5)
    chores.run()
    row = register(event)
    assert "video.voorbeeld.be" in sent_to(row)[0].body


def test_the_link_is_gone_from_her_page_once_it_is_over(client):
    event = online_event()
    row = register(event)
    move_to(event, -5)
    client.force_login(row.user)
    assert "video.voorbeeld.be" not in client.get(f"/inschrijving/{row.uid}/").text


def test_answers_are_erased_on_the_promised_day_which_moves_with_the_event():
    event = make_event(days=5)
    question = EventQuestion.objects.create(event=event, text="Wat eet u?", kept_days=3)
    row = register(event, answers={question.uid: "Alles"})
    assert row.answers.get().erase_on == timezone.localdate() + datetime.timedelta(days=8)

    Session.objects.update(starts_at=in_days(20), ends_at=in_days(20, 12))
    services.announce_changes(event=EventPage.objects.get(pk=event.pk))
    assert Answer.objects.get().erase_on == timezone.localdate() + datetime.timedelta(days=23)

    Answer.objects.update(erase_on=timezone.localdate())
    chores.run()
    assert not Answer.objects.exists()


def test_answers_go_at_once_with_who_cancels():
    event = make_event()
    question = EventQuestion.objects.create(event=event, text="Wat eet u?")
    row = register(event, answers={question.uid: "Alles"})
    services.withdraw(registration=row, by=row.user)
    assert not Answer.objects.exists()


def test_a_process_that_died_after_publishing_is_made_good_by_the_clock():
    event = make_event(capacity=1)
    _first, waits = register(event), register(event)
    EventPage.objects.filter(pk=event.pk).update(capacity=2)
    chores.run()
    waits.refresh_from_db()
    assert waits.state == State.OFFERED


def test_capacity_lowered_takes_no_seat_away_and_shrinks_as_people_cancel():
    event = make_event(capacity=3)
    rows = [register(event) for _number in range(3)]
    services.set_capacity(event=event, capacity=1)
    assert (state_of(event).capacity, state_of(event).taken) == (3, 3)
    waits = make_registration(event, state=State.WAITING)

    for row in rows[:2]:
        services.withdraw(registration=row, by=row.user)
    waits.refresh_from_db()
    assert (state_of(event).capacity, state_of(event).taken, waits.state) == (1, 1, State.WAITING)


def test_an_organisation_that_has_its_places_is_passed_by():
    event = make_event(capacity=2, per_organisation=1)
    one = make_participant()
    organisation = one.memberships.get().organisation
    register(event, one)
    other = register(event)
    by = make_organiser()
    same = services.register(
        event=event, person=services.Applicant("Collega", "collega@voorbeeld.be", organisation=organisation), by=by
    )
    third = register(event)
    assert (same.state, third.state) == (State.WAITING, State.WAITING)

    services.withdraw(registration=other, by=other.user)
    same.refresh_from_db()
    third.refresh_from_db()
    assert (same.state, third.state) == (State.WAITING, State.OFFERED)


def test_the_practical_text_is_for_who_has_a_place():
    event = make_event(capacity=1)
    EventPrivate.objects.filter(event=event).update(practical="Parking achteraan.")
    row, waits = register(event), register(event)
    assert "Parking achteraan." in sent_to(row)[0].body
    assert "Parking achteraan." not in sent_to(waits)[0].body


def test_a_mail_server_that_is_down_loses_no_registration(monkeypatch):
    from django.core.mail import EmailMessage

    def down(self, *args, **kwargs):
        raise OSError("weg")

    monkeypatch.setattr(EmailMessage, "send", down)
    event, user = make_event(), make_participant()
    services.register(event=event, person=applicant(user), by=user)
    assert Registration.objects.get().state == State.REGISTERED

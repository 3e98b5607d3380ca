"""The pages: registering, one registration, the offer, the lists; and who may open which."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.choices import OpenTo, QuestionKind
from events.choices import RegistrationState as State
from events.models import EventPage, EventQuestion, GuestLink, PersonalFeed, Registration
from events.registration import links, services
from people.audiences import Audience
from people.models import Role
from people.services.closing import set_page_audience
from tests.events.factories import (
    add_session,
    in_days,
    make_event,
    make_organiser,
    make_participant,
    make_registration,
)
from tests.events.registration.making import give_role, register, state_of
from tests.factories import make_member, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.slow]


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(event) -> str:
    return reverse("event_register", args=[event.pk])


def page_of(row) -> str:
    return reverse("registration", args=[row.uid])


def step_of(row, slug: str) -> str:
    return reverse("registration_step", args=[row.uid, slug])


# Registering


def test_an_officer_registers_with_one_press_of_the_button():
    event, user = make_event(), make_participant()
    client = client_of(user)
    page = client.get(address(event))
    assert page.status_code == 200
    assert str(user.memberships.get().organisation) in page.text

    answer = client.post(address(event), {}, follow=True)

    row = Registration.objects.get()
    assert answer.redirect_chain == [(page_of(row), 302)]
    assert (row.user, row.state, row.organisation) == (user, State.REGISTERED, user.memberships.get().organisation)


def test_a_double_click_leads_to_the_one_registration():
    event, user = make_event(), make_participant()
    client = client_of(user)
    first, second = client.post(address(event), {}), client.post(address(event), {})

    assert first.url == second.url == page_of(Registration.objects.get())


def test_who_is_not_signed_in_is_asked_to():
    answer = Client().get(address(make_event()))
    assert answer.status_code == 302
    assert reverse("account_login") in answer.url


def test_a_closed_event_does_not_exist_for_who_may_not_see_it():
    event = make_event()
    set_page_audience(event, Audience.LIVC_R)
    user = make_participant()
    give_role(user, Role.OFFICER)

    for name in ("event_register", "event_register_colleagues"):
        assert client_of(user).get(reverse(name, args=[event.pk])).status_code == 404
        assert client_of(user).post(reverse(name, args=[event.pk])).status_code == 404
    assert not Registration.objects.exists()


@pytest.mark.parametrize("fields", [{"open_to": OpenTo.LIVC_R}, {"for_roles": [Role.COORDINATOR]}])
def test_who_may_not_take_part_reads_why(fields):
    event, user = make_event(**fields), make_participant()
    for answer in (client_of(user).get(address(event)), client_of(user).post(address(event), {})):
        assert answer.status_code == 403
    assert not Registration.objects.exists()


def test_a_stranger_registers_only_for_what_is_open_to_accounts():
    stranger = make_user()
    assert client_of(stranger).post(address(make_event()), {}).status_code == 403
    assert client_of(stranger).post(address(make_event(open_to=OpenTo.ACCOUNTS)), {}).status_code == 302


def test_the_role_asked_for_registers():
    event = make_event(for_roles=[Role.OFFICER])
    user = give_role(make_participant(), Role.OFFICER)
    assert client_of(user).post(address(event), {}).status_code == 302
    assert Registration.objects.get().role == Role.OFFICER


def test_a_full_event_says_so_before_she_confirms():
    event = make_event(capacity=1)
    register(event)
    user = make_participant()
    client = client_of(user)

    assert 'name="may_wait"' in client.get(address(event)).text
    client.post(address(event), {"may_wait": "1"})

    assert Registration.objects.get(user=user).state == State.WAITING


def test_full_in_the_meantime_asks_first_and_keeps_what_was_typed():
    event = make_event(capacity=1)
    question = EventQuestion.objects.create(event=event, text="Wat eet u?")
    client = client_of(make_participant())
    assert 'name="may_wait"' not in client.get(address(event)).text
    register(event)

    answer = client.post(address(event), {f"question_{question.uid.hex}": "Geen noten <b>"})

    assert answer.status_code == 409
    assert 'name="may_wait"' in answer.text
    assert "Geen noten &lt;b&gt;" in answer.text
    assert Registration.objects.count() == 1


def test_a_deadline_that_passes_in_mid_form_is_a_sentence_and_keeps_what_was_typed():
    event = make_event()
    question = EventQuestion.objects.create(event=event, text="Wat verwacht u?")
    client = client_of(make_participant())
    assert client.get(address(event)).status_code == 200
    EventPage.objects.filter(pk=event.pk).update(registration_closes_at=timezone.now())

    answer = client.post(address(event), {f"question_{question.uid.hex}": "Oefenen"})

    assert answer.status_code == 409
    assert "Oefenen" in answer.text
    assert not Registration.objects.exists()
    assert "form" not in (client.get(address(event)).context or {})


def test_cancelled_in_mid_form_registers_nobody():
    event, client = make_event(), client_of(make_participant())
    services.cancel_event(event=event, why="Ziek.", by=None)
    assert client.post(address(event), {}).status_code == 409
    assert not Registration.objects.exists()


def test_answers_of_every_kind_are_kept_and_required_ones_asked():
    event, user = make_event(), make_participant()
    kinds = {kind: EventQuestion(event=event, text=kind, kind=kind, options="rood\nblauw") for kind in QuestionKind}
    EventQuestion.objects.bulk_create(kinds.values())
    EventQuestion.objects.filter(kind=QuestionKind.SHORT).update(required=True)
    names = {kind: f"question_{question.uid.hex}" for kind, question in kinds.items()}
    given = {names["long"]: "Veel", names["choice"]: "rood", names["several"]: ["rood", "blauw"], names["yes_no"]: "ja"}

    assert client_of(user).post(address(event), given).status_code == 422
    client_of(user).post(address(event), {**given, names["short"]: "Kort"})

    found = dict(Registration.objects.get().answers.values_list("question", "text"))
    assert found == {"short": "Kort", "long": "Veel", "choice": "rood", "several": "rood; blauw", "yes_no": "ja"}


def test_conditions_are_to_be_accepted():
    event, user = make_event(conditions="Wie wegblijft, betaalt."), make_participant()
    assert client_of(user).post(address(event), {}).status_code == 422
    client_of(user).post(address(event), {"conditions": "on", "on_list": "on"})
    row = Registration.objects.get()
    assert row.conditions_accepted_at is not None
    assert row.on_list


def test_one_session_of_those_side_by_side_is_chosen():
    event, user = make_event(), make_participant()
    one = add_session(event, title="Eén", choice="namiddag", capacity=1)
    two = add_session(event, title="Twee", choice="namiddag")
    other = register(event, sessions=[one])
    assert other.chosen.get().session == one

    assert client_of(user).post(address(event), {}).status_code == 422
    assert client_of(user).post(address(event), {"session_0": one.pk}).status_code == 409
    assert client_of(user).post(address(event), {"session_0": two.pk}).status_code == 302
    assert Registration.objects.get(user=user).chosen.get().session == two


def test_a_session_that_filled_up_in_mid_form_is_a_sentence_and_keeps_what_was_typed():
    event = make_event()
    one, _two = (add_session(event, title=title, choice="namiddag", capacity=1) for title in ("Eén", "Twee"))
    question = EventQuestion.objects.create(event=event, text="Wat eet u?")
    client = client_of(make_participant())
    assert "disabled" not in client.get(address(event)).text.partition("session_0")[2]
    register(event, sessions=[one])

    answer = client.post(address(event), {"session_0": one.pk, f"question_{question.uid.hex}": "Geen noten"})

    assert answer.status_code == 409
    assert any("Eén" in error for error in answer.context["form"].non_field_errors())
    assert "Geen noten" in answer.text
    assert Registration.objects.count() == 1


# Colleagues


def chief(role: str = Role.DECIDER):
    user = give_role(make_participant(), role)
    return user, user.memberships.get().organisation


def colleagues_address(event) -> str:
    return reverse("event_register_colleagues", args=[event.pk])


def test_colleagues_are_ticked_and_typed_in_one_go():
    event, (user, organisation) = make_event(), chief()
    colleague = make_user(first_name="Cor", last_name="Collega")
    member = make_member(colleague, organisation)
    given = {
        "organisation": organisation.pk,
        "members": [member.pk],
        "name_0": "Nieuwe Naam",
        "email_0": "nieuw@voorbeeld.be",
    }
    assert client_of(user).get(colleagues_address(event)).status_code == 200
    answer = client_of(user).post(colleagues_address(event), given)

    assert answer.status_code == 302
    rows = Registration.objects.order_by("pk")
    assert [(row.name, row.user, row.registered_by, row.organisation) for row in rows] == [
        ("Cor Collega", colleague, user, organisation),
        ("Nieuwe Naam", None, user, organisation),
    ]


def test_an_ordinary_member_registers_no_colleagues():
    event = make_event()
    assert client_of(make_participant()).get(colleagues_address(event)).status_code == 403
    assert client_of(make_participant()).post(colleagues_address(event), {}).status_code == 403


def test_members_of_another_organisation_cannot_be_ticked():
    event, (user, organisation) = make_event(), chief()
    other = make_participant().memberships.get()
    answer = client_of(user).post(colleagues_address(event), {"organisation": organisation.pk, "members": [other.pk]})
    assert answer.status_code == 422
    assert not Registration.objects.exists()


def test_where_not_all_fit_none_is_registered_before_she_agrees():
    event, (user, organisation) = make_event(capacity=1), chief()
    given = {"organisation": organisation.pk}
    for number in range(2):
        given |= {f"name_{number}": f"Naam {number}", f"email_{number}": f"naam{number}@voorbeeld.be"}
    answer = client_of(user).post(colleagues_address(event), given)
    assert answer.status_code == 409
    assert not Registration.objects.exists()
    assert 'name="may_wait"' in answer.text

    client_of(user).post(colleagues_address(event), {**given, "may_wait": "1"})
    assert [row.state for row in Registration.objects.order_by("pk")] == [State.REGISTERED, State.WAITING]


def test_names_are_not_typed_for_what_is_closed():
    event, (user, organisation) = make_event(for_roles=[Role.OFFICER]), chief(Role.OFFICER)
    given = {"organisation": organisation.pk, "name_0": "Naam", "email_0": "naam@voorbeeld.be"}
    assert client_of(user).post(colleagues_address(event), given).status_code == 422
    assert not Registration.objects.exists()


# Guests


def guest_link(event, **overrides) -> GuestLink:
    return GuestLink.objects.create(
        **{"event": event, "label": "Gasten", "expires_at": in_days(5), "places": 1, **overrides}
    )


def guest_address(link) -> str:
    return reverse("event_register_guest", args=[link.token])


def test_a_guest_registers_for_a_closed_event_and_sees_no_more_of_it():
    event = make_event(body="<p>Geheime tekst.</p>", conditions="Voorwaarde.")
    set_page_audience(event, Audience.LIVC_R)
    link, client = guest_link(event), Client()

    page = client.get(guest_address(link))
    assert event.title in page.text
    assert "Geheime tekst" not in page.text
    assert event.summary not in page.text
    given = {"name": "Gast", "email": "Gast@voorbeeld.be", "conditions": "on"}
    answer = client.post(guest_address(link), given, follow=True)

    row = Registration.objects.get()
    assert answer.redirect_chain == [(page_of(row), 302)]
    assert (row.email, row.guest_link, row.user) == ("gast@voorbeeld.be", link, None)
    assert event.url not in answer.text


def test_dead_guest_links_all_say_the_same():
    event = make_event()
    used = guest_link(event)
    make_registration(event, guest_link=used)
    dead = [
        guest_link(event, revoked_at=timezone.now()).token,
        guest_link(event, expires_at=timezone.now()).token,
        guest_link(make_event(live=False)).token,
        used.token,
        "onbekend",
    ]
    pages = [Client().get(reverse("event_register_guest", args=[token])) for token in dead]
    assert {page.status_code for page in pages} == {404}
    assert len({page.text.replace(token, "") for token, page in zip(dead, pages, strict=True)}) == 1


def test_a_guest_link_gives_no_more_than_its_places():
    link = guest_link(make_event())
    pages = [Client(), Client()]
    assert [page.get(guest_address(link)).status_code for page in pages] == [200, 200]
    answers = [
        page.post(guest_address(link), {"name": "Gast", "email": f"gast{number}@voorbeeld.be"})
        for number, page in enumerate(pages)
    ]
    assert [answer.status_code for answer in answers] == [302, 404]


def test_somebody_who_tries_many_links_is_stopped(settings):
    settings.EVENT_RATES = {"guest_link": "2/m/key"} | {"guest_link": "2/m/ip"}
    client = Client(REMOTE_ADDR="192.0.2.7")
    answers = [client.get(reverse("event_register_guest", args=[f"onbekend{n}"])).status_code for n in range(3)]
    assert answers == [404, 404, 429]


# The page of a registration


@pytest.fixture
def row():
    return register(make_event())


def pages_of(row) -> list[str]:
    steps = ("wijzigen", "vervangen", "afmelden", "aanvaarden", "weigeren")
    return [page_of(row), reverse("registration_calendar", args=[row.uid]), *(step_of(row, slug) for slug in steps)]


def test_a_stranger_finds_no_registration(row):
    for url in pages_of(row):
        assert client_of(make_participant()).get(url).status_code == 404
        assert client_of(make_user()).get(url).status_code == 404
        assert Client().get(url).status_code == 302


def test_a_colleague_may_not_look(row):
    colleague = make_user()
    make_member(colleague, row.organisation)
    for url in pages_of(row):
        assert client_of(colleague).get(url).status_code == 403


def test_the_participant_and_the_organiser_may(row):
    for user in (row.user, make_organiser()):
        assert client_of(user).get(page_of(row)).status_code == 200


def test_who_registered_her_may_until_she_leaves_the_organisation():
    user, organisation = chief()
    person = services.Applicant("Cor", "cor@voorbeeld.be", organisation=organisation)
    row = services.register(event=make_event(), person=person, by=user)
    assert client_of(user).get(page_of(row)).status_code == 200

    user.memberships.update(state="ended", ended_on=timezone.localdate())
    assert client_of(user).get(page_of(row)).status_code == 404


def test_who_registered_a_colleague_reads_about_her_and_is_led_to_who_comes_instead():
    user, organisation = chief()
    event = make_event()
    EventQuestion.objects.create(event=event, text="Wat eet u?")
    person = services.Applicant("Cor", "cor@voorbeeld.be", organisation=organisation)
    row = services.register(event=event, person=person, by=user)
    new = services.replace(registration=row, name="Noor", email="noor@voorbeeld.be", by=user)
    old_page, new_page = client_of(user).get(page_of(row)), client_of(user).get(page_of(new))

    assert "Noor" in old_page.context["next_step"]
    assert page_of(new) in old_page.text
    assert "Noor" in new_page.context["next_step"]
    assert new_page.context["unanswered"]  # nobody asked her yet, also not what may stay empty

    open_link = Client()
    open_link.get(links.page_url(row))
    assert page_of(new) not in open_link.get(page_of(row)).text  # not hers to open


def test_without_colleagues_in_a_list_a_name_and_an_address_are_required():
    row = make_registration(make_event(), guest_link=guest_link(make_event()))
    browser = Client()
    browser.get(links.page_url(row))
    answer = browser.post(step_of(row, "vervangen"), {"seen": row.version, "name": "Noor"})

    assert list(answer.context["form"].errors) == ["email"]


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(row, method):
    for url in pages_of(row):
        assert getattr(client_of(row.user), method)(url).status_code == 405
    assert client_of(row.user).post(page_of(row)).status_code == 405


def test_looking_at_a_step_changes_nothing(row):
    for slug in ("wijzigen", "vervangen", "afmelden"):
        assert client_of(row.user).get(step_of(row, slug)).status_code == 200
    row.refresh_from_db()
    assert (row.state, row.version) == (State.REGISTERED, row.version)
    assert state_of(row.event).taken == 1


def test_she_cancels_after_a_confirmation(row):
    answer = client_of(row.user).post(step_of(row, "afmelden"), {"seen": row.version, "why": "Ziek."}, follow=True)
    row.refresh_from_db()
    assert row.state == State.WITHDRAWN
    assert row.history.get(action="withdraw").why == "Ziek."
    assert answer.redirect_chain == [(page_of(row), 302)]


def test_a_stale_tab_changes_nothing(row):
    answer = client_of(row.user).post(step_of(row, "afmelden"), {"seen": row.version - 1, "why": "Reden"})
    row.refresh_from_db()
    assert answer.status_code == 409
    assert "Reden" in answer.text
    assert row.state == State.REGISTERED


def test_after_the_deadline_she_reads_whom_to_contact_and_an_organiser_still_can(row):
    EventPage.objects.filter(pk=row.event_id).update(cancel_until=timezone.now())
    for slug in ("wijzigen", "vervangen", "afmelden"):
        assert client_of(row.user).get(step_of(row, slug)).status_code == 302
    page = client_of(row.user).get(page_of(row))
    assert page.context["too_late"] and page.context["too_late"] in page.text
    answer = client_of(row.user).post(step_of(row, "afmelden"), {"seen": row.version})
    assert answer.status_code == 409
    assert client_of(make_organiser()).post(step_of(row, "afmelden"), {"seen": row.version}).status_code == 302


def test_of_a_cancelled_event_she_reads_why_and_can_ask_for_the_next_edition(row):
    services.cancel_event(event=row.event, why="De spreker is ziek.", by=None)
    page = client_of(row.user).get(page_of(row)).text
    assert page.index("De spreker is ziek.") < page.index('id="programme"')
    assert reverse("event_wish", args=[row.event.slug]) in page
    assert "De spreker is ziek." in client_of(make_participant()).get(address(row.event)).text


def test_she_changes_answers_and_sessions_in_one_form():
    event = make_event()
    one, two = (add_session(event, title=title, choice="keuze") for title in ("Eén", "Twee"))
    question = EventQuestion.objects.create(event=event, text="Wat eet u?")
    row = register(event, sessions=[one], answers={question.uid: "Alles"})
    page = client_of(row.user).get(step_of(row, "wijzigen"))
    assert "Alles" in page.text

    given = {"seen": row.version, "session_0": two.pk, f"question_{question.uid.hex}": "Niets", "on_list": "on"}
    assert client_of(row.user).post(step_of(row, "wijzigen"), given).status_code == 302

    row.refresh_from_db()
    assert (row.answers.get().text, row.chosen.get().session, row.on_list) == ("Niets", two, True)


def test_a_colleague_takes_her_place(row):
    given = {"seen": row.version, "name": "Nieuw", "email": "nieuw@voorbeeld.be"}
    assert client_of(row.user).post(step_of(row, "vervangen"), given).status_code == 302

    new = Registration.objects.get(replaces=row)
    row.refresh_from_db()
    assert (row.state, new.state, new.email, new.organisation) == (
        State.WITHDRAWN,
        State.REGISTERED,
        "nieuw@voorbeeld.be",
        row.organisation,
    )
    assert state_of(row.event).taken == 1


def test_hostile_names_and_answers_are_shown_as_text():
    event = make_event()
    question = EventQuestion.objects.create(event=event, text="<script>1</script>", help_text="<img src=x>")
    row = register(event, answers={question.uid: "<script>alert(1)</script>"})
    Registration.objects.filter(pk=row.pk).update(name="<b>Naam</b>")
    client = client_of(row.user)
    for url in (page_of(row), step_of(row, "wijzigen"), step_of(row, "afmelden")):
        page = client.get(url).text
        assert "<script>" not in page.replace("<script src", "").replace("<script type", "")
        assert "<img src=x>" not in page
        assert "<b>Naam" not in page


# Links in mails


def test_without_an_account_the_link_of_the_mail_opens_the_page():
    user, organisation = chief()
    person = services.Applicant("Cor", "cor@voorbeeld.be", organisation=organisation)
    row = services.register(event=make_event(), person=person, by=user)
    client = Client()
    answer = client.get(links.page_url(row), follow=True)

    assert answer.redirect_chain[-1][0] == page_of(row)
    assert client.get(step_of(row, "afmelden")).status_code == 200
    assert client.post(step_of(row, "afmelden"), {"seen": row.version}).status_code == 302
    other = register(make_event())
    assert client.get(page_of(other)).status_code == 302


def test_after_a_replacement_the_old_link_does_not_open_the_new_registration():
    row = services.register(event=make_event(), person=services.Applicant("A", "a@voorbeeld.be"), by=make_organiser())
    old = links.page_url(row)
    new = services.replace(registration=row, name="B", email="b@voorbeeld.be", by=None)
    client = Client()
    client.get(old)
    assert client.get(page_of(row)).status_code == 200
    assert client.get(page_of(new)).status_code == 302


@pytest.mark.parametrize("token", ["onbekend", "a:b:c"])
def test_links_that_were_never_ours_are_not_found(token):
    for name in ("registration_link", "seat_offer"):
        assert Client().get(reverse(name, args=[token])).status_code == 404


@pytest.fixture
def offered():
    event = make_event(capacity=1)
    first, second = register(event), register(event)
    services.withdraw(registration=first, by=first.user)
    second.refresh_from_db()
    return second


def test_opening_the_offer_changes_nothing_and_pressing_the_button_takes_it(offered):
    url, client = links.offer_url(offered), Client()
    page = client.get(url)
    assert page.status_code == 200
    assert page["Referrer-Policy"] == "same-origin"
    client.head(url)
    offered.refresh_from_db()
    assert offered.state == State.OFFERED

    assert client.post(url, {"answer": "take"}).status_code == 200
    offered.refresh_from_db()
    assert offered.state == State.REGISTERED
    assert client.get(url).status_code == 410


def test_declining_by_the_link_gives_it_to_the_next(offered):
    third = register(offered.event)
    Client().post(links.offer_url(offered), {"answer": "decline"})
    third.refresh_from_db()
    assert third.state == State.OFFERED


def test_an_old_offer_link_does_not_take_a_later_offer(offered):
    url = links.offer_url(offered)
    services.expire_offers(offered.held_until)
    assert Client().post(url, {"answer": "take"}).status_code == 410
    assert state_of(offered.event).taken == 0


def test_an_offer_that_is_over_says_so(offered):
    url = links.offer_url(offered)
    Registration.objects.filter(pk=offered.pk).update(held_until=timezone.now())
    assert Client().get(url).status_code == 410


# Lists and the feed


def test_my_registrations_are_mine_alone(row):
    other = register(make_event(title="Van een ander"))
    page = client_of(row.user).get(reverse("my_registrations"))
    assert row.event.title in page.text
    assert other.event.title not in page.text
    assert Client().get(reverse("my_registrations")).status_code == 302


def test_my_list_takes_a_fixed_number_of_queries(row, django_assert_max_num_queries):
    for _number in range(12):
        register(make_event(), row.user)
    client = client_of(row.user)
    with django_assert_max_num_queries(25):
        assert client.get(reverse("my_registrations")).status_code == 200


def test_an_offered_place_is_asked_of_her_on_my_page(offered):
    page = client_of(offered.user).get(reverse("my_page"))
    assert page_of(offered) in page.text


def test_the_feed_has_a_secret_that_can_be_renewed(row):
    client = client_of(row.user)
    client.get(reverse("my_calendar"))
    old = PersonalFeed.objects.get(user=row.user).token
    feed = Client().get(reverse("personal_feed", args=[old]))
    assert feed.status_code == 200
    assert feed["Cache-Control"] == "private, no-store"
    assert str(row.uid) in feed.text

    client.post(reverse("my_calendar"))
    assert Client().get(reverse("personal_feed", args=[old])).status_code == 404
    assert Client().get(reverse("personal_feed", args=["x" * 32])).status_code == 404


def test_the_feed_of_who_left_answers_nobody(row):
    feed = PersonalFeed.objects.create(user=row.user)
    row.user.is_active = False
    row.user.save()
    assert Client().get(reverse("personal_feed", args=[feed.token])).status_code == 404


def test_mails_to_members_lead_to_the_page_behind_the_login(row, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        services.withdraw(registration=row, by=row.user)
    assert page_of(row) in mail.outbox[0].body
    assert "/link/" not in mail.outbox[0].body

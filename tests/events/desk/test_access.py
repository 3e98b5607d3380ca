"""The organiser's desk is for whoever organises events, whatever else somebody may do."""

import uuid

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from events.choices import RegistrationState
from events.models import EventMailing, EventPage, EventPrivate, EventState, GuestLink, Registration
from home.setup.permissions import ORGANISERS, ensure_groups_and_workflow
from tests.events.factories import in_days, make_event, make_registration
from tests.factories import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.slow]
OVER_ALL = ("overview", "figures", "figures_export", "unreached", "unreached_export")
READS = ("event", "answers", "participants_export", "registration", "mailings")
FORMS = ("register", "private", "guests", "write", "copy", "series", "move", "cancel")
STEPS = ("step", "capacity", "revoke_guest", "go_on")
CLOSED_TO = ("anonymous", "practitioner", "participant", "editor", "moderator", "pool_desk", "stranger")


@pytest.fixture
def addresses(desk):
    registration = make_registration(desk.event, name="Petra Privaat")
    link = GuestLink.objects.create(event=desk.event, label="Politie", expires_at=in_days(3))
    mailing = EventMailing.objects.create(event=desk.event, subject="Dag", text="Tot dan")
    arguments = {
        "registration": [registration.uid],
        "step": [registration.uid, "cancel"],
        "revoke_guest": [link.pk],
        "go_on": [mailing.pk],
    }
    own = {name: desk.url(name, *arguments.get(name, [])) for name in (*READS, *FORMS, *STEPS)}
    return own | {name: reverse(f"event_desk:{name}") for name in OVER_ALL}


@pytest.mark.parametrize("name", [*OVER_ALL, *READS, *FORMS])
def test_who_opens_it(desk, addresses, name):
    assert desk.client().get(addresses[name]).status_code == 200
    for role in CLOSED_TO:
        answer = desk.client(role).get(addresses[name])
        assert answer.status_code in (302, 403), role
        assert "Petra Privaat" not in answer.content.decode()
        assert desk.event.title not in answer.content.decode()


@pytest.mark.parametrize("name", [*FORMS, *STEPS])
def test_others_change_nothing(desk, addresses, name):
    def state():
        models = (Registration, EventState, GuestLink, EventMailing, EventPrivate)
        return [list(model.objects.order_by("pk").values()) for model in models], EventPage.objects.count()

    before = state()
    for role in CLOSED_TO:
        data = {
            "seen": 0,
            "capacity": 99,
            "why": "x",
            "name": "x",
            "email": "x@voorbeeld.be",
            "label": "x",
            "places": 3,
        }
        assert desk.client(role).post(addresses[name], data).status_code in (302, 403), role
    assert state() == before


@pytest.mark.parametrize("name", [*OVER_ALL, *READS])
def test_what_is_only_read_is_not_written(desk, addresses, name):
    assert desk.client().post(addresses[name]).status_code == 405


@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_not_taken_by_looking(desk, addresses, name):
    assert desk.client().get(addresses[name]).status_code == 405


@pytest.mark.parametrize("name", ["event", "copy", "move", "cancel", "write", "private"])
def test_what_does_not_exist_is_not_found(desk, name):
    assert desk.client().get(reverse(f"event_desk:{name}", args=[999_999])).status_code == 404


def test_a_registration_is_found_with_its_own_event_only(desk, addresses):
    other = make_registration(make_event())
    mailing = EventMailing.objects.create(event=other.event, subject="Dag", text="Tot dan")

    assert desk.client().get(desk.url("registration", other.uid)).status_code == 404
    assert desk.client().get(desk.url("registration", uuid.uuid4())).status_code == 404
    assert desk.client().post(desk.url("step", other.uid, "cancel"), {"seen": 0, "why": "x"}).status_code == 404
    assert desk.client().post(desk.url("go_on", mailing.pk)).status_code == 404
    other.refresh_from_db()
    assert other.state == RegistrationState.REGISTERED


def test_an_unknown_step_is_not_found(desk, addresses):
    assert desk.client().post(addresses["step"].replace("/cancel/", "/onbekend/"), {"seen": 0}).status_code == 404


def test_the_group_of_organisers_opens_the_desk_and_no_page(desk, tree):
    ensure_groups_and_workflow()
    user = make_user()
    user.groups.add(Group.objects.get(name=ORGANISERS))
    desk.people["member"] = user

    assert desk.client("member").get(desk.url("event")).status_code == 200
    edit = reverse("wagtailadmin_pages:edit", args=[desk.event.pk])
    assert desk.client("member").get(edit).status_code in (302, 403)


def test_the_menu_is_shown_to_organisers_alone(desk):
    overview = reverse("event_desk:overview")

    assert overview in desk.client().get(reverse("wagtailadmin_home")).content.decode()
    for role in ("editor", "pool_desk"):
        assert overview not in desk.client(role).get(reverse("wagtailadmin_home")).content.decode()


def test_pages_with_names_are_never_kept_by_a_browser(desk, addresses):
    for name in ("event", "registration", "participants_export", "write"):
        assert "no-store" in desk.client().get(addresses[name])["Cache-Control"], name


def test_wagtails_own_copy_leads_to_the_desk(desk):
    copy = reverse("wagtailadmin_pages:copy", args=[desk.event.pk])
    before = EventPage.objects.count()
    desk.organiser.groups.set(desk.people["editor"].groups.all())

    assert desk.client().get(copy)["Location"] == desk.url("copy")
    editor = desk.client("editor").post(copy, {"new_title": "x", "new_slug": "x", "new_parent_page": 1})
    assert editor.status_code == 302
    assert EventPage.objects.count() == before


def test_the_dashboard_shows_an_organiser_what_needs_attention(desk):
    desk.event.sessions.update(accessibility="")
    home, own = reverse("wagtailadmin_home"), desk.url("event")

    assert own in desk.client().get(home).content.decode()
    assert own not in desk.client("editor").get(home).content.decode()
    desk.event.sessions.update(accessibility="Lift")
    assert own not in desk.client().get(home).content.decode()

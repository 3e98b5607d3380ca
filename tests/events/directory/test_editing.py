"""Publishing an event in the admin: what a draft may lack, what publishing needs, what is said of mistakes."""

import datetime

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from events.directory.completeness import IncompleteEventError
from events.models import EventPage
from tests.events.factories import make_event, make_event_index
from tests.factories import make_member, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.slow]
MORNING = {"starts_at": "2027-03-02 09:00", "ends_at": "2027-03-02 12:00", "attendance": "on_site"}


def form_data(**overrides):
    """What the admin sends for a complete new event."""
    sessions = overrides.pop("sessions", [MORNING])
    questions = overrides.pop("questions", [])
    leaders = overrides.pop("leaders", [])
    data = {
        "title": "Gesprek onder druk",
        "slug": "gesprek-onder-druk",
        "kind": "training",
        "summary": "Leer een gesprek voeren.",
        "level_primary": "on",
        "body": rich_text(""),
        "goals": rich_text(""),
        "preparation": rich_text(""),
        "looking_back": rich_text(""),
        "learnt": rich_text(""),
        "open_to": "members",
        "capacity": "12",
        "price": "0",
        "sessions": inline_formset(sessions),
        "questions": inline_formset(questions),
        "leaders": inline_formset(leaders),
        **{name: inline_formset([]) for name in ("related", "materials", "photos")},
        **overrides,
    }
    return nested_form_data(data)


@pytest.fixture
def desk(cast):
    """Where an editor who may publish adds an event; she belongs somewhere, so that she can keep a page."""
    make_member(cast.moderator)
    index = make_event_index()
    address = reverse("wagtailadmin_pages:add", args=["events", "eventpage", index.pk])
    client = cast.client("moderator")

    def send(**overrides):
        review = timezone.localdate() + datetime.timedelta(days=300)
        kept = {"steward": str(cast.moderator.pk), "review_date": str(review)}
        return client.post(address, form_data(**{**kept, **overrides}))

    send.client, send.address, send.user = client, address, cast.moderator
    return send


def errors_of(response):
    """Every sentence that the form says, of the page and of its rows."""
    form = response.context["form"]
    found = [error for errors in form.errors.values() for error in errors]
    for formset in form.formsets.values():
        found += [error for row in formset.forms for errors in row.errors.values() for error in errors]
    return found


def test_a_complete_event_is_published(desk):
    response = desk(**{"action-publish": "1"})

    assert response.status_code == 302, errors_of(response)
    event = EventPage.objects.get(slug="gesprek-onder-druk")
    assert event.live
    assert event.sessions.get().starts_at == datetime.datetime(2027, 3, 2, 8, tzinfo=datetime.UTC)


def test_a_draft_may_lack_anything_but_a_title(desk):
    response = desk(sessions=[], summary="", level_primary="", review_date="", steward="")

    assert response.status_code == 302, errors_of(response)
    assert not EventPage.objects.get(slug="gesprek-onder-druk").live


@pytest.mark.parametrize("missing", [{"sessions": []}, {"level_primary": ""}, {"summary": ""}])
def test_what_is_published_has_a_session_a_level_and_a_summary(desk, missing):
    response = desk(**{"action-publish": "1", **missing})

    assert response.status_code == 200
    assert errors_of(response)
    assert not EventPage.objects.filter(live=True, slug="gesprek-onder-druk").exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"sessions": [{**MORNING, "ends_at": "2027-03-02 08:00"}]},
        {"sessions": [{**MORNING, "starts_at": "2027-03-28 02:30", "ends_at": "2027-03-28 05:00"}]},
        {"sessions": [{**MORNING, "starts_at": "2026-10-25 02:30", "ends_at": "2026-10-25 05:00"}]},
        {"registration_opens_at": "2027-02-01 09:00", "registration_closes_at": "2027-01-01 09:00"},
        {"registration_closes_at": "2027-05-01 09:00"},
        {"cancel_until": "2027-05-01 09:00"},
        {"questions": [{"text": "Eten?", "kind": "choice", "options": "Alles", "kept_days": "14"}]},
        {"leaders": [{"expert": "", "name": "", "description": "Zomaar"}]},
        {"slug": "kalender"},
        {"capacity": "0"},
        {"registration_opens_at": "2027-03-28 02:30"},
    ],
)
@pytest.mark.parametrize("action", ["action-publish", ""])
def test_what_cannot_be_is_said_also_in_a_draft(desk, wrong, action):
    response = desk(**wrong, **({action: "1"} if action else {}))

    assert response.status_code == 200
    assert errors_of(response)
    assert not EventPage.objects.exists()


def test_an_hour_that_the_clock_skips_is_said_in_plain_words(desk):
    wrong = {**MORNING, "starts_at": "2027-03-28 02:30", "ends_at": "2027-03-28 05:00"}
    response = desk(sessions=[wrong])

    assert any("clock" in error or "klok" in error for error in errors_of(response))


@pytest.mark.parametrize(
    ("second", "fits"),
    [
        ({**MORNING, "title": "B", "choice": "ochtend"}, True),
        ({**MORNING, "title": "B", "choice": ""}, False),
        ({**MORNING, "title": "B", "choice": "middag"}, False),
        (
            {
                **MORNING,
                "title": "B",
                "choice": "ochtend",
                "starts_at": "2027-03-02 13:00",
                "ends_at": "2027-03-02 14:00",
            },
            False,
        ),
    ],
)
def test_sessions_side_by_side_are_of_one_choice_at_the_same_hours(desk, second, fits):
    first = {**MORNING, "title": "A", "choice": "ochtend"}
    response = desk(sessions=[first, second], **{"action-publish": "1"})

    assert (response.status_code == 302) is fits


def test_one_after_the_other_needs_no_choice(desk):
    later = {**MORNING, "starts_at": "2027-03-02 12:00", "ends_at": "2027-03-02 13:00"}

    assert desk(sessions=[MORNING, later], **{"action-publish": "1"}).status_code == 302


def test_a_new_event_is_kept_by_who_writes_it_and_reviewed_in_a_year(desk):
    form = desk.client.get(desk.address).context["form"]

    assert form.initial["steward"] == desk.user.pk
    assert form.initial["review_date"] == timezone.localdate() + datetime.timedelta(days=365)
    stewards = set(form.fields["steward"].queryset)
    assert desk.user in stewards
    assert make_user() not in stewards


@pytest.mark.parametrize(("role", "status"), [("anonymous", 302), ("practitioner", 302), ("editor", 200)])
def test_who_writes_events(cast, role, status):
    index = make_event_index()
    address = reverse("wagtailadmin_pages:add", args=["events", "eventpage", index.pk])

    assert cast.client(role).get(address).status_code == status


def test_a_copy_by_wagtail_has_sessions_and_questions_of_its_own(desk):
    desk(questions=[{"text": "Eten?", "kind": "short", "options": "", "kept_days": "14"}], **{"action-publish": "1"})
    event = EventPage.objects.get()
    copy = event.copy(update_attrs={"slug": "kopie"}, copy_revisions=True)  # as of a whole section

    for page in (event, copy):
        page.get_latest_revision().publish()
    assert event.sessions.get().uid != copy.sessions.get().uid
    assert event.questions.get().uid != copy.questions.get().uid


def test_no_revision_changes_the_id_of_a_session(desk):
    desk(**{"action-publish": "1"})
    event = EventPage.objects.get()
    session, revision = event.sessions.get(), event.get_latest_revision()
    uid = session.uid
    revision.content["sessions"][0]["uid"] = "00000000-0000-4000-8000-000000000000"
    revision.save()
    event.get_latest_revision().publish()

    assert event.sessions.get().uid == uid


@pytest.mark.parametrize("lacking", [{"level_secondary": False}, {"sessions": 0}])
def test_no_way_past_the_form_publishes_what_nobody_can_come_to(cast, lacking):
    draft = make_event(live=False, **lacking)
    with pytest.raises(IncompleteEventError):
        draft.save_revision().publish()
    response = cast.client("moderator").post(f"/beheer/bulk/wagtailcore/page/publish/?id={draft.pk}&next=/beheer/")
    assert response.status_code == 302
    assert draft.title in " ".join(str(message) for message in get_messages(response.wsgi_request))
    assert not EventPage.objects.get(pk=draft.pk).live

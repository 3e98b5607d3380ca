"""An event that moves while an editor has its form open, a draft of it waits, or an old version comes back."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import WorkflowState
from wagtail.test.utils.form_data import inline_formset

from events.choices import RegistrationState as State
from events.desk import moving
from events.models import ChosenSession, EventPage, Session, SessionPresence
from tests.events.directory.test_editing import errors_of, form_data
from tests.events.factories import add_session, in_days, make_event, make_organiser, make_registration
from tests.factories import make_member

pytestmark = [pytest.mark.django_db, pytest.mark.any_database, pytest.mark.slow]


@pytest.fixture
def event():
    page = make_event(title="Gesprek onder druk")
    page.save_revision().publish()
    return EventPage.objects.get(pk=page.pk)


@pytest.fixture
def organiser():
    return make_organiser()


def move(event, by, **changes):
    """At the desk, every session alike."""
    times = {
        one.pk: moving.NewTime(**{name: changes.get(name, getattr(one, name)) for name in moving.FIELDS})
        for one in event.sessions.all()
    }
    return moving.move(event=event, sessions=times, by=by)


def row_of(session, **typed):
    """What the form holds of a session, as the editor sees it."""
    moments = {
        name: timezone.localtime(getattr(session, name)).strftime("%Y-%m-%d %H:%M") for name in ("starts_at", "ends_at")
    }
    kept = {
        name: getattr(session, name) for name in ("title", "attendance", "venue", "address", "accessibility", "choice")
    }
    return {"id": session.pk, **moments, **kept, **typed}


class Form:
    """The form as it was when somebody opened it; `send` saves it later."""

    def __init__(self, client, event, user):
        self.client, self.event = client, EventPage.objects.get(pk=event.pk)
        self.rows = [row_of(one) for one in self.event.sessions.all()]
        self.revision = self.event.latest_revision
        self.steward = user

    def send(self, revert=None, rows=None, **typed):
        rows = rows or self.rows
        name, args = ("revisions_revert", [self.event.pk, revert.pk]) if revert else ("edit", [self.event.pk])
        data = {
            "title": self.event.title,
            "slug": self.event.slug,
            "capacity": str(self.event.capacity),
            "summary": self.event.summary,
            "level_primary": "on",
            "steward": str(self.steward.pk),
            "review_date": str(timezone.localdate() + datetime.timedelta(days=300)),
            "loaded_revision_id": str(self.revision.pk),
            "loaded_revision_created_at": self.revision.created_at.isoformat(),
            **typed,
        }
        sent = form_data(**data)
        sent |= {f"sessions-{key}": value for key, value in _flat(inline_formset(rows, initial=len(rows))).items()}
        return self.client.post(reverse(f"wagtailadmin_pages:{name}", args=args), sent)


def _flat(formset):
    found = {}
    for key, value in formset.items():
        if isinstance(value, dict):
            found |= {f"{key}-{name}": text for name, text in value.items()}
        else:
            found[key] = value
    return found


@pytest.fixture
def form(cast, event):
    make_member(cast.moderator)
    return Form(cast.client("moderator"), event, cast.moderator)


def live(event):
    return EventPage.objects.get(pk=event.pk).sessions.get()


@pytest.mark.parametrize("action", ["action-publish", ""])
def test_who_saves_after_a_move_undoes_nothing_and_loses_nothing(form, event, organiser, action):
    move(event, organiser, starts_at=in_days(30, 13), ends_at=in_days(30, 16))
    pressed = {action: "1"} if action else {}

    answer = form.send(summary="Wat zij intussen schreef.", **pressed)

    errors = errors_of(answer)
    assert any("Olga Organisator" in error for error in errors)
    shown = answer.context["form"]
    assert shown["summary"].value() == "Wat zij intussen schreef."
    row = shown.formsets["sessions"].forms[0]
    assert in_days(30, 13).strftime("%Y-%m-%d %H:%M") in str(row["starts_at"])
    assert live(event).starts_at == in_days(30, 13)

    form.revision = EventPage.objects.get(pk=event.pk).latest_revision  # as in the page that she got
    again = form.send(rows=[row_of(live(event))], summary="Wat zij intussen schreef.", **pressed)
    assert again.status_code == 302, errors_of(again)
    latest = EventPage.objects.get(pk=event.pk).get_latest_revision_as_object()
    assert (latest.summary, latest.sessions.get().starts_at) == ("Wat zij intussen schreef.", in_days(30, 13))


def test_what_she_typed_over_a_move_is_told_back_to_her(form, event, organiser):
    move(event, organiser, venue="De Zeven Torens")

    errors = errors_of(form.send(rows=[row_of(event.sessions.get(), venue="Het Schip")]))

    assert any("De Zeven Torens" in error and "Het Schip" in error for error in errors)


def test_her_own_change_of_dates_is_hers(form, event):
    session = event.sessions.get()
    answer = form.send(rows=[row_of(session, venue="Het Schip")], **{"action-publish": "1"})

    assert answer.status_code == 302, errors_of(answer)
    assert live(event).venue == "Het Schip"


def test_places_that_the_desk_changed_do_not_come_back_either(form, event, organiser):
    moving.set_places(event=event, capacity=25, by=organiser)

    assert errors_of(form.send())
    assert EventPage.objects.get(pk=event.pk).capacity == 25


def test_an_older_version_that_is_brought_back_does_not_move_the_event_back(form, event, organiser):
    old = event.latest_revision
    move(event, organiser, starts_at=in_days(30, 13), ends_at=in_days(30, 16))
    form.revision = EventPage.objects.get(pk=event.pk).latest_revision

    assert errors_of(form.send(revert=old, **{"action-publish": "1"}))
    assert live(event).starts_at == in_days(30, 13)
    answer = form.send(revert=old, rows=[row_of(live(event))], **{"action-publish": "1"})
    assert answer.status_code == 302, errors_of(answer)


def test_a_draft_in_the_workflow_stays_there_and_brings_no_old_dates(cast, event, organiser):
    draft = EventPage.objects.get(pk=event.pk)
    draft.summary = "Te beoordelen"
    draft.save_revision(user=cast.editor)
    draft.get_workflow().start(draft, cast.editor)

    move(event, organiser, starts_at=in_days(30, 13), ends_at=in_days(30, 16))

    state = WorkflowState.objects.get()
    assert state.status == WorkflowState.STATUS_IN_PROGRESS
    assert state.current_task_state.revision == EventPage.objects.get(pk=event.pk).latest_revision
    while state.status == WorkflowState.STATUS_IN_PROGRESS:
        state.current_task_state.specific.approve(user=cast.moderator)
        state.refresh_from_db()
    page = EventPage.objects.get(pk=event.pk)
    assert (page.summary, live(event).starts_at) == ("Te beoordelen", in_days(30, 13))


@pytest.mark.parametrize("is_live", [True, False])
def test_a_draft_that_waits_for_its_moment_keeps_it_with_the_change(event, organiser, is_live):
    if not is_live:
        event.unpublish()
    soon = timezone.now() + datetime.timedelta(days=1)
    draft = EventPage.objects.get(pk=event.pk)
    draft.summary, draft.go_live_at = "Vanaf morgen", soon
    draft.save_revision().publish()

    if is_live:
        move(event, organiser, starts_at=in_days(30, 13), ends_at=in_days(30, 16))
    moving.set_places(event=event, capacity=25, by=organiser)

    page = EventPage.objects.get(pk=event.pk)
    waiting = page.revisions.get(approved_go_live_at__isnull=False)
    assert (waiting.approved_go_live_at, page.live) == (soon, is_live)
    later = waiting.as_object()
    later.go_live_at = None
    later.save_revision().publish()
    page = EventPage.objects.get(pk=event.pk)
    assert (page.summary, page.capacity) == ("Vanaf morgen", 25)
    assert not is_live or live(event).starts_at == in_days(30, 13)


# Sessions that have to stay


@pytest.fixture
def parallel(event):
    """Two sessions side by side beside the first one, of which somebody chose the second."""
    add_session(event, title="Verdieping", days=15, choice="A")
    chosen = add_session(event, title="Oefenen", days=15, choice="A")
    page = EventPage.objects.get(pk=event.pk)
    page.save_revision().publish()
    row = make_registration(page)
    ChosenSession.objects.create(registration=row, session=chosen)
    return chosen


def without(form, session):
    rows = [row_of(one) for one in form.event.sessions.all()]
    return [{**row, **({"DELETE": "on"} if row["id"] == session.pk else {})} for row in rows]


@pytest.mark.parametrize("action", ["action-publish", ""])
def test_a_session_that_somebody_chose_is_not_taken_away_by_the_form(cast, parallel, action):
    make_member(cast.moderator)
    form = Form(cast.client("moderator"), parallel.event, cast.moderator)

    answer = form.send(rows=without(form, parallel), **({action: "1"} if action else {}))

    assert any("Oefenen" in error for error in errors_of(answer))
    assert ChosenSession.objects.exists()


def test_attendance_keeps_a_session_and_what_nobody_needs_can_go(cast, parallel):
    make_member(cast.moderator)
    row = parallel.chosen.get().registration
    first, other = parallel.event.sessions.get(title=""), parallel.event.sessions.get(title="Verdieping")
    SessionPresence.objects.create(registration=row, session=first, present=True)
    form = Form(cast.client("moderator"), parallel.event, cast.moderator)

    assert errors_of(form.send(rows=without(form, first)))
    row.chosen.all().delete()
    assert form.send(rows=without(form, other)).status_code == 302
    assert errors_of(form.send(rows=without(form, first)))


@pytest.mark.parametrize("state", [State.REGISTERED, State.WITHDRAWN])
def test_an_older_revision_takes_no_session_that_somebody_needs(event, parallel, state):
    row = parallel.chosen.get().registration
    row.state = state
    row.save()

    event.latest_revision.publish()  # of before there was anything to choose

    assert EventPage.objects.get(pk=event.pk).sessions.filter(pk=parallel.pk).exists() == (state == State.REGISTERED)


def test_a_session_that_was_new_in_a_revision_is_the_same_when_it_comes_back(event):
    draft = EventPage.objects.get(pk=event.pk)
    draft.sessions.add(Session(title="Vervolg", starts_at=in_days(20), ends_at=in_days(20, 12)))
    revision = draft.save_revision()
    revision.publish()
    made = EventPage.objects.get(pk=event.pk).sessions.get(title="Vervolg")
    SessionPresence.objects.create(registration=make_registration(event), session=made, present=True)

    revision.publish()

    assert SessionPresence.objects.get().session == EventPage.objects.get(pk=event.pk).sessions.get(title="Vervolg")

"""One event at the desk."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from events import programme
from events.desk import participants
from events.desk.access import event_at_desk
from events.desk.attention import Counts, needed
from events.desk.forms.event import CapacityForm
from events.desk.overview import with_state
from events.desk.participants import State
from events.models import EventPage
from events.presence.evaluation import FEWEST, results
from events.registration.services import expire_offers

TEXT_MAX = 100


@require_safe
@never_cache
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody and everything of one event; the number of queries does not depend on how many take part."""
    found, people = _as_it_is(request, pk)
    context = {
        **_facts(found, people),
        **_lists(request, found, people),
        "origins": participants.origins(people),
        "chosen": participants.sessions_chosen(people, programme.sessions_of(found)),
        "capacity": CapacityForm(initial={"capacity": found.capacity, "seen": found.latest_revision_id or 0}),
    }
    return render(request, "events/desk/event.html", context)


def _as_it_is(request: HttpRequest, pk: int) -> tuple[EventPage, participants.People]:
    """After what nobody took in time went on to the next."""
    _user, found = event_at_desk(request, pk)
    with_state([found])
    people = participants.people_of(found, participants.CHOSEN)
    late = any(row.held_until and row.held_until <= timezone.now() for row in people.offered)
    return _as_it_is(request, pk) if late and expire_offers(event=found) else (found, people)


@require_safe
@never_cache
def answers(request: HttpRequest, pk: int) -> HttpResponse:
    """What participants answered to the questions of the organiser, and what they thought afterwards."""
    _user, found = event_at_desk(request, pk)
    people = participants.people_of(found, "answers")
    context = {
        "event": found,
        "answers": participants.answers_of(people, found.questions.all()),
        "evaluation": results(found) if programme.has_begun(found) else None,
        "fewest": FEWEST,
    }
    return render(request, "events/desk/answers.html", context)


def _facts(event: EventPage, people: participants.People) -> dict[str, Any]:
    counts = Counts({str(state): len(people.of(state)) for state in State})
    return {
        "event": event,
        "sessions": [
            (one, programme.time_in_words(one.starts_at, one.ends_at)) for one in programme.sessions_of(event)
        ],
        "counts": counts,
        "notes": needed(event, counts),
        "is_past": programme.is_past(event),
        "has_begun": programme.has_begun(event),
        "cancelled": event.running.cancelled_at is not None,
    }


def _lists(request: HttpRequest, event: EventPage, people: participants.People) -> dict[str, Any]:
    """Who comes, as asked for and in pages; the others whole."""
    text, session = request.GET.get("q", "").strip()[:TEXT_MAX], request.GET.get("sessie", "")
    chosen = int(session) if session.isascii() and session.isdigit() else None
    coming = participants.matching(people.coming, text, chosen)
    return {
        "text": text,
        "session": chosen,
        "choices": [one for one in event.sessions.all() if one.choice],
        "page": Paginator(coming, participants.PER_PAGE).get_page(request.GET.get("p")),
        "people": people,
        "now": timezone.now(),
    }

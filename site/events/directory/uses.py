"""On the page of a practice, a guide or an expert: the events in which it is used, or which she leads."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from core.generation import per_generation
from events.directory.cards import EventCard, cards, in_full
from events.directory.standing import keep_until_change
from events.models import EventLeader, EventRelated

MOST = 12


def used_in(page: Page, request: HttpRequest) -> dict[str, Any] | None:
    """The events that use a page: those to come, nearest first, then past ones."""
    return _shown(_uses().get(page.pk, []), request)


def led_by(page: Page, request: HttpRequest) -> dict[str, Any] | None:
    return _shown(_leads().get(page.pk, []), request)


def _shown(ids: list[int], request: HttpRequest) -> dict[str, Any] | None:
    pages = in_full(ids, request.user) if ids else []
    keep_until_change(*pages)
    found = cards(pages)
    coming: list[EventCard] = [card for card in found if not card.standing.is_past]
    past = [card for card in reversed(found) if card.standing.is_past]
    return {"events": [*coming, *past][:MOST]} if found else None


@per_generation
def _uses() -> dict[int, list[int]]:
    """Of every page that is used in a live event: in which."""
    return _gathered(EventRelated.objects.filter(event__live=True).values_list("page_id", "event_id"))


@per_generation
def _leads() -> dict[int, list[int]]:
    rows = EventLeader.objects.filter(event__live=True, expert__isnull=False)
    return _gathered(rows.values_list("expert_id", "event_id"))


def _gathered(rows: Any) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for page_id, event_id in rows:
        found.setdefault(page_id, []).append(event_id)
    return found

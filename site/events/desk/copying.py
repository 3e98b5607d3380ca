"""A new event out of one that was there: its words, questions and people who lead; none of what happened in it."""

import datetime
import uuid
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from wagtail.actions.copy_page import CopyPageAction
from wagtail.models import Page

from events import programme
from events.desk import dates
from events.desk.dates import Rule
from events.desk.publishing import publish_change
from events.models import EventIndexPage, EventPage, EventPrivate, EventSeries
from people.models import User

# Looking back is about this event; the copy is confirmed and reviewed in its own time.
LEFT_BEHIND = ["materials", "photos", "recording_url", "looking_back", "learnt", "confirmed_on", "review_date"]
LEFT_BEHIND += ["withdrawal_reason", "successor", "series"]
YEAR = datetime.timedelta(days=365)
PRIVATE = ("practical", "contact_email", "contact_phone")


def first_day(event: EventPage) -> datetime.date | None:
    """Of Brussels; None for an event without sessions."""
    start = programme.starts_at(event)
    return dates.day_of(start) if start else None


@transaction.atomic
def copy_event(  # noqa: PLR0913
    *,
    source: EventPage,
    first: datetime.date,
    by: User,
    title: str = "",
    series: EventSeries | None = None,
    is_edition: bool = True,
) -> EventPage:
    """A draft that begins on `first`, with every session and the window of registration shifted along.

    Registrations, materials and what was learnt stay behind. Who may see the source may see the copy. Who asked to
    hear of the next edition, is told of an `is_edition` once it is published.
    """
    latest = source.get_latest_revision_as_object()
    begun = first_day(latest)
    days = (first - begun).days if begun else 0
    title = title or latest.title
    moved = {name: dates.shifted(getattr(latest, name), days) for name in dates.WINDOW if getattr(latest, name)}
    changes: dict[str, Any] = {
        "title": title,
        "draft_title": title,
        "slug": _free_slug(f"{title} {first.isoformat()}", latest),
        "series": series,
        "previous": source if is_edition else None,
        "review_date": _review_date(first),
        **moved,
    }

    def renewed(_source: Page, _copy: Page, _relation: Any, child: Any) -> None:
        if hasattr(child, "uid"):
            child.uid = uuid.uuid4()
        if hasattr(child, "starts_at"):
            child.starts_at, child.ends_at = dates.shifted(child.starts_at, days), dates.shifted(child.ends_at, days)

    made: EventPage = CopyPageAction(
        latest,
        to=EventIndexPage.objects.get(pk=source.get_parent().pk),
        update_attrs=changes,
        exclude_fields=[name for name in LEFT_BEHIND if name not in changes],
        copy_revisions=False,
        keep_live=False,
        user=by,
        process_child_object=renewed,
    ).execute(skip_permission_checks=True)
    _copy_private(source, made)
    return made


def _copy_private(source: EventPage, made: EventPage) -> None:
    """Without the notes and the online link, which are of the event that was."""
    if held := EventPrivate.objects.filter(event=source).first():
        EventPrivate.objects.create(event=made, **{name: getattr(held, name) for name in PRIVATE})


def _review_date(first: datetime.date) -> datetime.date:
    return max(first, timezone.localdate()) + YEAR


def _free_slug(words: str, source: EventPage) -> str:
    wanted = slugify(words)[:240] or "vorming"
    taken = set(Page.objects.sibling_of(source).filter(slug__startswith=wanted).values_list("slug", flat=True))
    number = 1
    while (slug := wanted if number == 1 else f"{wanted}-{number}") in taken:
        number += 1
    return slug


@transaction.atomic
def make_series(*, source: EventPage, rule: Rule, days: Iterable[datetime.date], by: User) -> list[EventPage]:
    """A copy on each of these days, all of one series with the source."""
    series = source.series or EventSeries.objects.create(title=source.title, rule=rule.in_words[:200])
    if source.series is None:
        publish_change(event=source, by=by, change=lambda page: setattr(page, "series", series))
    source = EventPage.objects.get(pk=source.pk)
    return [copy_event(source=source, first=day, by=by, series=series) for day in sorted(set(days))]

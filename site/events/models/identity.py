"""Sessions and questions keep an id of their own for ever: calendars, answers and mails know them by it.

A copy of a page gets rows of its own, and no revision, which may be that of the page it was copied from, gives a row
the id of another. A session that people chose, or at which attendance was noted, stays: a revision of before it was
there, or from which an editor took it, would else take choices and certificates away.
"""

import uuid
from typing import Any

from django.db import models

from events.choices import ACTIVE

RELATIONS = ("sessions", "questions")


class KeepsRowIds(models.Model):
    """Mixin of a page, before Wagtail's own class."""

    class Meta:
        abstract = True

    def copy_all_child_relations(self, target: Any, **kwargs: Any) -> dict[Any, Any]:
        copied: dict[Any, Any] = super().copy_all_child_relations(target, **kwargs)  # type: ignore[misc]  # of Page
        for row in copied.values():
            if hasattr(row, "uid"):
                row.uid = uuid.uuid4()
        return copied

    def with_content_json(self, content: dict[str, Any]) -> Any:
        page = super().with_content_json(content)  # type: ignore[misc]  # of Page
        for relation in RELATIONS:
            _keep_ids(getattr(page, relation), page.pk)
        _keep_needed(page.sessions, page.pk)
        return page


def needed(sessions: "models.QuerySet[Any]") -> "models.QuerySet[Any]":
    """Those that cannot go: somebody with a place, or on the list, chose them, or attendance was noted."""
    from events.models.registrations import ChosenSession, SessionPresence

    of_it = {"session": models.OuterRef("pk")}
    chosen = ChosenSession.objects.filter(**of_it, registration__state__in=ACTIVE)
    return sessions.filter(models.Exists(chosen) | models.Exists(SessionPresence.objects.filter(**of_it)))


def _keep_ids(manager: Any, page_id: int) -> None:
    """A row that was new in its revision has no pk there; once it was published it is known by its uid."""
    rows = list(manager.all())
    if not rows:
        return
    known = manager.model.objects.filter(models.Q(event=page_id) | models.Q(uid__in=[row.uid for row in rows]))
    own, taken = {}, set()
    for pk, event_id, uid in known.values_list("pk", "event_id", "uid"):
        taken.add(uid)
        if event_id == page_id:
            own[pk] = uid
    by_uid = {uid: pk for pk, uid in own.items() if pk not in {row.pk for row in rows}}
    for row in rows:
        if row.pk in own:
            row.uid = own[row.pk]
        elif row.uid in by_uid:
            row.pk = by_uid.pop(row.uid)
        elif row.uid in taken:
            row.uid = uuid.uuid4()


def _keep_needed(manager: Any, page_id: int) -> None:
    there = {row.pk for row in manager.all()}
    if kept := needed(manager.model.objects.filter(event=page_id).exclude(pk__in=there)):
        manager.add(*kept)

"""Sessions and questions keep an id of their own for ever: calendars, answers and mails know them by it.

A copy of a page gets rows of its own, and no revision, which may be that of the page it was copied from, gives a row
the id of another.
"""

import uuid
from typing import Any

from django.db import models

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
        return page


def _keep_ids(manager: Any, page_id: int) -> None:
    rows = list(manager.all())
    if not rows:
        return
    known = manager.model.objects.filter(models.Q(event=page_id) | models.Q(uid__in=[row.uid for row in rows]))
    own, taken = {}, set()
    for pk, event_id, uid in known.values_list("pk", "event_id", "uid"):
        taken.add(uid)
        if event_id == page_id:
            own[pk] = uid
    for row in rows:
        if row.pk in own:
            row.uid = own[row.pk]
        elif row.uid in taken:
            row.uid = uuid.uuid4()

"""Changing the page of an event from the desk: what visitors see at once, and what an editor is still writing too.

An organiser need not be an editor: what she does here is allowed by `manage_events`, and stands in the page's log
under her name. A draft that is being judged stays in its workflow, one that waits for its moment keeps it; both get
the change, so that publishing them later does not bring back what was.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Q
from wagtail.models import Revision, TaskState, WorkflowState

from events.models import EventPage
from people.models import User

Change = Callable[[EventPage], None]


@transaction.atomic
def publish_change(*, event: EventPage, by: User, change: Change) -> EventPage:
    """The live page with the change, published; drafts of it keep their own words and get the change besides.

    Of a page that is not published only drafts change.
    """
    page = EventPage.objects.get(pk=event.pk)
    waiting = _waiting(page)
    if page.live:
        change(page)
        revision = page.save_revision(user=by, log_action=True)
        with _workflows_go_on(page):
            revision.publish(user=by, skip_permission_checks=True)
    elif not waiting:
        change(page)
        page.save_revision(user=by, log_action=True)
    for draft in waiting:
        _carry(draft, by, change)
    return EventPage.objects.get(pk=event.pk)


def _waiting(page: EventPage) -> list[Revision]:
    """What may be published some day: the newest draft, what is judged, what waits for its moment. The newest last."""
    wanted = Q(approved_go_live_at__isnull=False)
    if not page.live or page.has_unpublished_changes:
        wanted |= Q(pk=page.latest_revision_id)
    if (state := page.current_workflow_state) is not None and state.current_task_state is not None:
        wanted |= Q(pk=state.current_task_state.revision_id)
    return list(Revision.objects.for_instance(page).filter(wanted).order_by("created_at", "pk"))


def _carry(old: Revision, by: User, change: Change) -> None:
    """The same draft with the change, in the place of the old one: at its moment, before whoever judges it."""
    moment = old.approved_go_live_at
    draft: Any = old.as_object()
    change(draft)
    new = draft.save_revision(user=by, log_action=True, approved_go_live_at=moment)
    Revision.objects.filter(pk=old.pk).update(approved_go_live_at=None)
    TaskState.objects.filter(revision=old, status=TaskState.STATUS_IN_PROGRESS).update(revision=new)


@contextmanager
def _workflows_go_on(page: EventPage) -> Iterator[None]:
    """Wagtail cancels what is being judged whenever the page is published; here it is set aside meanwhile."""
    active = list(WorkflowState.objects.for_instance(page).active().values_list("pk", "status"))
    rows = WorkflowState.objects.filter(pk__in=[pk for pk, _status in active])
    rows.update(status=WorkflowState.STATUS_CANCELLED)
    yield
    for pk, status in active:
        WorkflowState.objects.filter(pk=pk).update(status=status)

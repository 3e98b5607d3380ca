"""Changing the page of an event from the desk: what visitors see at once, and what an editor is still writing too.

An organiser need not be an editor: what she does here is allowed by `manage_events`, and stands in the page's log
under her name.
"""

from collections.abc import Callable

from django.db import transaction

from events.models import EventPage
from people.models import User

Change = Callable[[EventPage], None]


@transaction.atomic
def publish_change(*, event: EventPage, by: User, change: Change) -> EventPage:
    """The live page with the change, published; a draft of it keeps its own words and gets the change besides.

    Of a page that is not published only the draft changes.
    """
    page = EventPage.objects.get(pk=event.pk)
    draft = page.get_latest_revision_as_object() if not page.live or page.has_unpublished_changes else None
    if page.live:
        change(page)
        revision = page.save_revision(user=by, log_action=True)
        revision.publish(user=by, skip_permission_checks=True)
    if isinstance(draft, EventPage):
        change(draft)
        draft.save_revision(user=by, log_action=True)
    return EventPage.objects.get(pk=event.pk)

"""What the dashboard shows an organiser: events that need her attention."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from events.desk import overview

SHOWN = 6
AHEAD = datetime.timedelta(days=21)
BACK = datetime.timedelta(days=30)
MOST = 100  # events to look through


class EventsPanel(Component):
    """Of the next weeks and of the last month."""

    name = "events"
    template_name = "events/desk/panel.html"
    order = 55

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        now = timezone.now()
        coming = overview.found(overview.COMING).filter(first__lte=now + AHEAD)[:MOST]
        past = overview.found(overview.PAST).filter(last__gte=now - BACK)[:MOST]
        rows = [row for row in overview.rows([*coming, *past]) if row.notes]
        return {"rows": rows[:SHOWN], "count": len(rows)}

"""The counts of searches are kept for a while, as everything is."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import retention
from core.retention import Rule
from search.log.models import AskedSearch
from search.log.store import prune


def connect() -> None:
    """Called once, when the app is ready."""
    retention.register(
        Rule(
            "search_log",
            _("Counts of what is searched for; nobody's name is with them"),
            _("Deleted"),
            "search_log",
            lambda: AskedSearch.objects.filter(day__lt=_day()).count(),
            prune,
            order=60,
        )
    )


def _day() -> datetime.date:
    return timezone.localdate() - datetime.timedelta(days=retention.days("search_log"))

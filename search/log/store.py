"""Writing the counts, and forgetting them in time."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Least
from django.utils import timezone

from search.log.models import AskedSearch
from search.log.questions import Question

MAXIMUM_A_DAY = 5000  # different questions; a machine that makes up more of them fills no disk
MONTH = 30.44  # days


@dataclass(slots=True)
class Tally:
    """What happened to one question since the last time it was written. `rounds` counts the writes it waited for."""

    asked: int = 0
    opened: int = 0
    hits: int = 0
    fewest: int | None = None
    rounds: int = 0

    def add_asked(self, hits: int) -> None:
        self.asked += 1
        self.hits = hits
        self.fewest = hits if self.fewest is None else min(self.fewest, hits)


Key = tuple[datetime.date, Question]
Tallies = Mapping[Key, Tally]


@transaction.atomic
def write(tallies: Tallies) -> dict[Key, Tally]:
    """Add the counts to the rows of their days. Answers what was opened without ever having been asked.

    In one order, so that two processes that write the same rows wait for each other and never lock each other out.
    """
    _make_rows(tallies)
    unasked = {}
    for (day, question), tally in sorted(tallies.items()):
        rows = AskedSearch.objects.filter(day=day, text=question.text, filters=question.filters)
        changes = {"asked": F("asked") + tally.asked, "opened": F("opened") + tally.opened}
        if tally.asked:
            changes |= {"hits": tally.hits, "fewest": Least("fewest", tally.fewest)}  # type: ignore[dict-item]
        if not rows.update(**changes) and not tally.asked:
            unasked[day, question] = tally
    return unasked


def _make_rows(tallies: Tallies) -> None:
    """Empty rows for the questions that their day did not have yet, while there is room."""
    new = [
        AskedSearch(day=day, text=question.text, filters=question.filters, hits=tally.hits, fewest=tally.fewest or 0)
        for (day, question), tally in sorted(tallies.items())
        if tally.asked
    ]
    days = {row.day for row in new}
    if AskedSearch.objects.filter(day__in=days).count() < MAXIMUM_A_DAY * len(days):
        AskedSearch.objects.bulk_create(new, ignore_conflicts=True)


def prune(*, today: datetime.date | None = None) -> int:
    """Forget what is older than SEARCH_LOG_MONTHS; answers the number of rows. Can run any number of times."""
    day = (today or timezone.localdate()) - datetime.timedelta(days=round(settings.SEARCH_LOG_MONTHS * MONTH))
    return AskedSearch.objects.filter(day__lt=day).delete()[0]

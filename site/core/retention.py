"""How long things are kept: every app registers its rules, one command runs them, one page tells visitors.

    retention.register(of_rows("invitations", _("Invitations…"), old_invitations, order=20))

A rule that finds nothing does nothing, so that the command can run any number of times.
"""

import datetime
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

logger = logging.getLogger(__name__)
MONTH = 30.44  # days
YEAR = 365


@dataclass(frozen=True)
class Rule:
    """`due` counts what has passed its term, `apply` deletes it or makes it anonymous and answers how many.

    `what` says what is kept and `after` what happens then, both for visitors; `term` names a setting of days in
    RETENTION_DAYS.
    """

    name: str
    what: Any
    after: Any
    term: str
    due: Callable[[], int]
    apply: Callable[[], int]
    order: int = 50

    @property
    def days(self) -> int:
        return days(self.term)

    @property
    def term_text(self) -> str:
        return in_words(self.days)


def of_rows(name: str, what: Any, rows: "Callable[[], QuerySet[Any]]", **more: Any) -> Rule:
    """A rule about rows past the term of the same name. They are deleted, unless `after` and `apply` say otherwise."""
    rule = Rule(name, what, _("Deleted"), name, lambda: rows().count(), lambda: _deleted(rows()))
    return replace(rule, **more)


def _deleted(rows: "QuerySet[Any]") -> int:
    """The rows themselves, not what goes with them."""
    count = rows.count()
    rows.delete()
    return count


@dataclass(frozen=True)
class Outcome:
    rule: Rule
    count: int
    error: str = ""


_rules: dict[str, Rule] = {}
_finished: list[Callable[[list[Outcome]], None]] = []


def register(*rules: Rule) -> None:
    for rule in rules:
        _rules[rule.name] = rule


def when_finished(listener: Callable[[list[Outcome]], None]) -> None:
    """Called with what was done, after every run that was no rehearsal."""
    _finished.append(listener)


def rules() -> list[Rule]:
    return sorted(_rules.values(), key=lambda rule: rule.order)


def days(term: str) -> int:
    return int(settings.RETENTION_DAYS[term])


def cutoff(term: str) -> datetime.datetime:
    """What is older than this has passed its term."""
    return timezone.now() - datetime.timedelta(days=days(term))


def in_words(number: int) -> str:
    """730 → 2 years, 396 → 13 months, 90 → 90 days, 0 → at once is said by the page."""
    years, months = number / YEAR, round(number / MONTH)
    if number >= YEAR and number % YEAR == 0:
        return ngettext("%(count)d year", "%(count)d years", int(years)) % {"count": int(years)}
    if number > 120:
        return ngettext("%(count)d month", "%(count)d months", months) % {"count": months}
    return ngettext("%(count)d day", "%(count)d days", number) % {"count": number}


def run(*, rehearse: bool = False, only: Iterable[str] = ()) -> list[Outcome]:
    """Every rule in a transaction of its own: one that fails is logged and keeps no other from its work."""
    wanted = set(only)
    outcomes = [_run(rule, rehearse) for rule in rules() if not wanted or rule.name in wanted]
    if not rehearse:
        for listener in _finished:
            listener(outcomes)
    return outcomes


def _run(rule: Rule, rehearse: bool) -> Outcome:
    try:
        if rehearse:
            return Outcome(rule, rule.due())
        with transaction.atomic():
            return Outcome(rule, rule.apply())
    except Exception as error:  # whatever an app's rule does, the others run
        logger.exception("The retention rule %s failed.", rule.name)
        return Outcome(rule, 0, error=f"{type(error).__name__}: {error}")

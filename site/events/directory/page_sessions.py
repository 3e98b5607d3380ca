"""Whether the sessions of an event fit together, before it is published; and which of them have to stay."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.choices import ACTIVE
from events.models.identity import needed

Row = Mapping[str, Any]  # what an editor typed of a session


def check_sessions(rows: Sequence[Row]) -> Iterator[str]:
    """What is wrong, in sentences: no session, a choice of one, a choice at different hours, two at once."""
    if not rows:
        yield _("Add at least one session: without a date nobody can come.")
    by_choice: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_choice[(row.get("choice") or "").strip()].append(row)
    alone = by_choice.pop("", [])
    for choice, found in by_choice.items():
        yield from _check_choice(choice, found)
    # Of a choice the first stands for all: who chooses one is busy at its hours.
    for one, other in combinations([*alone, *(found[0] for found in by_choice.values())], 2):
        if _overlap(one, other):
            yield _(
                "“%(one)s” and “%(other)s” run at the same time. Give both the same word under “choice”, or change the "
                "hours."
            ) % {"one": _name(one), "other": _name(other)}


def _check_choice(choice: str, rows: Sequence[Row]) -> Iterator[str]:
    if len(rows) < 2:
        yield _("“%(choice)s” stands with one session only: a choice needs two.") % {"choice": choice}
    elif not all(_overlap(one, other) for one, other in combinations(rows, 2)):
        words = _("The sessions of the choice “%(choice)s” run at different hours. Side by side they overlap.")
        yield words % {"choice": choice}


def _overlap(one: Row, other: Row) -> bool:
    moments = [row.get(name) for row in (one, other) for name in ("starts_at", "ends_at")]
    if None in moments:
        return False  # another sentence says what is wrong with them
    return bool(one["starts_at"] < other["ends_at"] and other["starts_at"] < one["ends_at"])


def _name(row: Row) -> str:
    from events.programme import time_in_words

    return row.get("title") or time_in_words(row["starts_at"], row["ends_at"])


def check_removed(sessions: Iterable[Any]) -> Iterator[str]:
    """Why a session that an editor takes away has to stay, and what she does instead."""
    pks = [session.pk for session in sessions if session.pk]
    if not pks:
        return
    from events.models import Session

    for session in needed(Session.objects.filter(pk__in=pks)).order_by("starts_at"):
        named = {"session": _name(vars(session))}
        if noted := session.presences.count():
            words = ngettext(
                "“%(session)s” stays: the attendance of %(count)d person is noted, and counts for a certificate.",
                "“%(session)s” stays: the attendance of %(count)d people is noted, and counts for certificates.",
                noted,
            )
            yield words % {**named, "count": noted}
        if chose := session.chosen.filter(registration__state__in=ACTIVE).count():
            words = ngettext(
                "“%(session)s” stays: %(count)d person chose it. Ask her at the desk to choose another session, then "
                "take this one away.",
                "“%(session)s” stays: %(count)d people chose it. Ask them at the desk to choose another session, then "
                "take this one away.",
                chose,
            )
            yield words % {**named, "count": chose}

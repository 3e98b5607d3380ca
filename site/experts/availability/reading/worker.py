"""The process that reads one calendar: `python -m …reading.worker FIRST LAST OWN SECONDS MEGABYTES`.

The calendar is on standard input, the busy stretches go to standard output as JSON. As the worker of attachments it
knows no settings, no database and no secret, and the system limits what it takes: a hostile file hurts only itself.
"""

import datetime
import json
import re
import sys
from collections.abc import Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

import recurring_ical_events
from icalendar import Calendar

from core.attachments.worker import limit

BRUSSELS = ZoneInfo("Europe/Brussels")
MAX_STRETCHES = 4000  # after those that touch became one
MAX_EVENTS = 20_000  # in the window
EVERY_MINUTE = re.compile(rb"FREQ=(?:SECONDLY|MINUTELY)", re.IGNORECASE)
Times = tuple[datetime.datetime, datetime.datetime]


class TooMuch(Exception):  # noqa: N818
    """More appointments than anybody has."""


def busy_times(text: bytes, first: datetime.date, last: datetime.date, own: frozenset[str]) -> list[Times]:
    """When the calendar is busy between two days, in order and without overlap. `own`: bookings of ours, left out.

    Raises ValueError for what is no calendar, and TooMuch.
    """
    start, end = (datetime.datetime.combine(day, datetime.time(), BRUSSELS) for day in (first, last))
    if EVERY_MINUTE.search(text.replace(b"\r\n ", b"").replace(b"\n ", b"")):
        raise TooMuch
    found: list[Times] = []
    calendars = Calendar.from_ical(text, multiple=True)
    if not calendars:
        raise ValueError
    for calendar in calendars:
        if calendar.name != "VCALENDAR":
            raise ValueError
        events = recurring_ical_events.of(calendar, components=["VEVENT"]).between(start, end)
        found += [times for event in events if _is_busy(event, own) if (times := _times(event))]
        found += _busy_of_freebusy(calendar)
        if len(found) > MAX_EVENTS:
            raise TooMuch
    merged = list(
        _merged((max(begin, start), min(until, end)) for begin, until in found if begin < end and until > start)
    )
    if len(merged) > MAX_STRETCHES:
        raise TooMuch
    return merged


def _is_busy(event: Any, own: frozenset[str]) -> bool:
    return (
        str(event.get("TRANSP", "")).upper() != "TRANSPARENT"
        and str(event.get("STATUS", "")).upper() != "CANCELLED"
        and str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() != "FREE"
        and str(event.get("UID", ""))[:36] not in own
    )


def _times(event: Any) -> Times | None:
    start, end = event.start, event.end
    return _aware(start, end) if end is not None else None


def _busy_of_freebusy(calendar: Any) -> Iterator[Times]:
    """Some calendars are shared without their appointments: only what is busy."""
    for component in calendar.walk("VFREEBUSY"):
        rows = component.get("FREEBUSY", [])
        for row in rows if isinstance(rows, list) else [rows]:
            for period in row if isinstance(row, list) else [row]:
                if str(getattr(period, "params", {}).get("FBTYPE", "BUSY")).upper() != "FREE" and (
                    times := _aware(period.start, period.end)
                ):
                    yield times


def _aware(start: Any, end: Any) -> Times | None:
    """Days run from midnight to midnight, and times of no zone are those of Brussels. None: it takes no time."""
    begin, until = _moment(start), _moment(end)
    return (begin, until) if begin < until else None


def _moment(value: datetime.date | datetime.datetime) -> datetime.datetime:
    if not isinstance(value, datetime.datetime):
        value = datetime.datetime.combine(value, datetime.time())
    return (value if value.tzinfo else value.replace(tzinfo=BRUSSELS)).astimezone(datetime.UTC)


def _merged(found: Iterable[Times]) -> Iterator[Times]:
    open_: Times | None = None
    for begin, until in sorted(found):
        if open_ is None:
            open_ = begin, until
        elif begin <= open_[1]:
            open_ = open_[0], max(open_[1], until)
        else:
            yield open_
            open_ = begin, until
    if open_ is not None:
        yield open_


def answer(text: bytes, first: str, last: str, own: str) -> dict[str, Any]:
    days = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    try:
        busy = busy_times(text, *days, frozenset(own.split(",")))
    except (TooMuch, MemoryError, RecursionError):
        return {"reason": "much"}
    except Exception:  # a library may raise anything on a broken or hostile file
        return {"reason": "broken"}
    return {"busy": [[begin.isoformat(), until.isoformat()] for begin, until in busy]}


def main(arguments: list[str]) -> None:
    first, last, own = arguments[:3]
    limit(*map(int, arguments[3:5]))
    json.dump(answer(sys.stdin.buffer.read(), first, last, own), sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])

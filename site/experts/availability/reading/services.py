"""From a calendar to busy times: what was read last stays until something else was read well."""

import datetime
import json
import logging
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from experts.availability.reading import fetching
from experts.availability.reading.refusals import Unreadable
from experts.models import BookedDayPart, BusyTime, CalendarSource, ExpertPage
from people.mfa import seal

logger = logging.getLogger(__name__)

WORKER = "experts.availability.reading.worker"
SOURCE_ROOT = Path(__file__).resolve().parents[3]
SECONDS, MEGABYTES, GRACE = 20, 512, 3
WINDOW = datetime.timedelta(days=400)  # as far as anybody may ask who is free (freedom.LONGEST)
Busy = list[tuple[datetime.datetime, datetime.datetime]]


def read_upload(expert: ExpertPage, file: IO[bytes], name: str) -> None:
    """Take the busy times of a file in the place of all that was known. Raises Unreadable, and then nothing changed."""
    content = file.read(fetching.MAX_BYTES + 1)
    busy, until = read(content, _own(expert.pk))
    with transaction.atomic():
        source, _made = CalendarSource.objects.select_for_update().get_or_create(expert=expert)
        source.url, source.uploaded_name = "", name[:200]
        _keep(source, busy, until)


def follow(expert: ExpertPage, url: str) -> CalendarSource:
    """Read this address from now on, at once when this is committed. What was read before stays till then."""
    from experts.availability.reading.tasks import fetch_calendar

    with transaction.atomic():
        source, _made = CalendarSource.objects.select_for_update().get_or_create(expert=expert)
        source.url, source.uploaded_name, source.error, source.fetched_at = seal(url), "", "", None
        source.tried_at = None
        source.save()
        transaction.on_commit(lambda: fetch_calendar.enqueue(source.pk))
    return source


def forget(expert: ExpertPage) -> None:
    """Her calendar is not read any more, and what it said is gone."""
    with transaction.atomic():
        CalendarSource.objects.filter(expert=expert).delete()
        BusyTime.objects.filter(expert=expert).delete()


def refresh(source_id: int, way: fetching.Way | None = None) -> bool:
    """Fetch the calendar of a source again. Answers whether it was read; if not, the reason is kept with it."""
    source = CalendarSource.objects.filter(pk=source_id).exclude(url="").first()
    if source is None:
        return False
    try:
        busy, until = read(fetching.fetch(source.address, way), _own(source.expert_id))
    except Unreadable as refusal:
        _note(source, str(refusal))
        return False
    except Exception:
        logger.exception("Reading calendar %s broke off.", source.pk)
        _note(source, _("The calendar could not be read."))
        return False
    with transaction.atomic():
        locked = CalendarSource.objects.select_for_update().filter(pk=source.pk, url=source.url).first()
        if locked is not None:  # she did not take another one meanwhile
            _keep(locked, busy, until)
    return locked is not None


def read(content: bytes, own: frozenset[str] = frozenset()) -> tuple[Busy, datetime.date]:
    """The busy times from yesterday on, and until which day was looked. Raises Unreadable."""
    if len(content) > fetching.MAX_BYTES:
        raise fetching.too_large()
    first = timezone.localdate() - datetime.timedelta(days=1)
    until = first + WINDOW
    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as out:
        source.write(content)
        source.seek(0)
        status = _run([first.isoformat(), until.isoformat(), ",".join(sorted(own))], source, out)
        out.seek(0)
        return _understood(status, out.read()), until


def _run(arguments: list[str], source: IO[bytes], out: IO[bytes]) -> int | None:
    """The exit status of the worker; None where it had to be stopped. It inherits nothing of our environment."""
    command = [sys.executable, "-P", "-s", "-B", "-m", WORKER, *arguments, str(SECONDS), str(MEGABYTES)]
    try:
        return subprocess.run(  # noqa: S603  # our own module; what is hostile stands on its standard input
            command,
            stdin=source,
            stdout=out,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": str(SOURCE_ROOT), "PYTHONUTF8": "1"},
            timeout=SECONDS + GRACE,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        return None


def _understood(status: int | None, output: bytes) -> Busy:
    """What the worker answered. Raises Unreadable."""
    try:
        answer: dict[str, Any] = json.loads(output) if status == 0 else {"reason": "much"}
        if "busy" in answer:
            moment = datetime.datetime.fromisoformat
            return [(moment(begin), moment(until)) for begin, until in answer["busy"]]
        much = answer["reason"] == "much"
    except (ValueError, TypeError, KeyError):
        much = False
    if much:
        raise Unreadable(_("There are too many appointments in this calendar."))
    raise Unreadable(_("This is not a calendar that can be read. Expected is a file in the iCalendar format (.ics)."))


def _own(expert_id: int) -> frozenset[str]:
    """Her bookings here, which she may have in her own calendar: a booking does not stand in its own way."""
    uids = BookedDayPart.objects.filter(expert=expert_id).values_list("booking__uid", flat=True)
    return frozenset(str(uid) for uid in uids)


def _keep(source: CalendarSource, busy: Busy, until: datetime.date) -> None:
    BusyTime.objects.filter(expert=source.expert_id).delete()
    BusyTime.objects.bulk_create(
        BusyTime(expert_id=source.expert_id, starts_at=begin, ends_at=end) for begin, end in busy
    )
    source.fetched_at = source.tried_at = timezone.now()
    source.read_until, source.error = until, ""
    source.save()


def _note(source: CalendarSource, error: str) -> None:
    CalendarSource.objects.filter(pk=source.pk, url=source.url).update(error=error[:255], tried_at=timezone.now())

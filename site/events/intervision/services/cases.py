"""What members bring in, and how it goes: its text is in one row only, and nowhere once that is erased.

No text of it is ever put in a mail, a message, a title or a log.
"""

import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from events.intervision import mails, wiping
from events.intervision.exceptions import IntervisionError, NotAllowed
from events.intervision.services.locking import acting, active
from events.models import CaseBrought, GroupMember, IntervisionGroup, Meeting
from events.models.intervision import SMALLEST


def erase_day(group: IntervisionGroup, meeting: Meeting) -> datetime.date:
    """The day on which what was brought in for a meeting is erased."""
    return timezone.localdate(meeting.ends_at) + datetime.timedelta(days=group.erase_after_days)


def is_open_for_cases(group: IntervisionGroup) -> bool:
    """Only in a group that is large enough, where everybody accepted the rules."""
    return active(group).filter(accepted_version=group.rules_version).count() >= SMALLEST


@sensitive_variables("title", "text")
@transaction.atomic
def bring(*, meeting: Meeting, by: GroupMember, title: str, text: str) -> CaseBrought:
    """Bring in a question for a meeting that is not over yet; the others hear that there is one."""
    group, member = acting(by)
    meeting = Meeting.objects.get(pk=meeting.pk, group=group)
    _check_to_come(meeting)
    if not is_open_for_cases(group):
        words = _("Questions can be brought in once %(number)d members accepted the rules.")
        raise IntervisionError(words % {"number": SMALLEST})
    made = CaseBrought.objects.create(
        meeting=meeting,
        by=member,
        title=title,
        text=text,
        no_names_at=timezone.now(),
        erase_on=erase_day(group, meeting),
    )
    mails.question_brought(made)
    return made


@sensitive_variables("title", "text")
@transaction.atomic
def change_case(*, case: CaseBrought, by: GroupMember, title: str, text: str) -> CaseBrought:
    """By who brought it in; what stood there before is not kept."""
    wiping.overwriting()
    found = _hers(case, by)
    _check_to_come(found.meeting)
    found.title, found.text, found.no_names_at = title, text, timezone.now()
    found.save()
    return found


@transaction.atomic
def erase(*, case: CaseBrought, by: GroupMember) -> None:
    """At once, by who brought it in."""
    wipe(CaseBrought.objects.filter(pk=_hers(case, by).pk))


def _hers(case: CaseBrought, by: GroupMember) -> CaseBrought:
    _group, member = acting(by, closed=True)
    found = CaseBrought.objects.select_related("meeting").get(pk=case.pk)
    if found.by_id != member.pk:
        raise NotAllowed(_("You may not do this."))
    if found.erased_at is not None:
        raise IntervisionError(_("This question has been erased."))
    return found


def _check_to_come(meeting: Meeting) -> None:
    if meeting.cancelled_at is not None or meeting.ends_at <= timezone.now():
        raise IntervisionError(_("This meeting is over or cancelled."))


def wipe(cases: "QuerySet[CaseBrought]") -> int:
    """Within a transaction. Answers how many it were; a row without text stays, so that lessons can refer to it."""
    wiping.overwriting()
    return cases.filter(erased_at=None).update(title="", text="", erased_at=timezone.now())


def wipe_all_of(member: GroupMember) -> int:
    return wipe(CaseBrought.objects.filter(by=member))


def due() -> "QuerySet[CaseBrought]":
    return CaseBrought.objects.filter(erased_at=None, erase_on__lte=timezone.localdate())


@transaction.atomic
def erase_due() -> int:
    """What has passed its day."""
    return wipe(due()) if due().exists() else 0


def follow_meeting(group: IntervisionGroup, meeting: Meeting) -> None:
    """The meeting was moved or the term changed. What was promised for a meeting that is over is never put off."""
    day = erase_day(group, meeting)
    cases = CaseBrought.objects.filter(meeting=meeting, erased_at=None)
    if meeting.ends_at <= timezone.now():
        cases = cases.filter(erase_on__gt=day)
    cases.update(erase_on=day)

"""What remains of questions: a lesson, written together, agreed by all who brought them, then passed on to the library.

Agreeing holds for the version that was read. Who has to agree: every member who brought in one of the questions. For a
bringer who left, and where nobody brought anything, the facilitator answers in her stead (docs/decisions).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from wagtail.models import Page

from events.choices import MemberState, Part
from events.intervision import mails, wiping
from events.intervision.exceptions import IntervisionError, NotAllowed, Stale
from events.intervision.services.locking import acting
from events.models import CaseBrought, GroupLesson, GroupMember, IntervisionGroup, LessonConsent
from people.models import Organisation, OrganisationKind
from practices.choices import Outcome
from practices.models import PracticePage
from practices.services import draft_practice_from, note_adoption

TOLD = ("title", "text", "about", "outcome")


@sensitive_variables("told")
@transaction.atomic
def write_lesson(
    *,
    by: GroupMember,
    told: Mapping[str, Any],
    cases: Iterable[CaseBrought],
    lesson: GroupLesson | None = None,
    seen: int | None = None,
) -> GroupLesson:
    """Begin one, or write on: every agreement falls away. Questions are only added.

    Writing is not agreeing, or the first text of who brought in the only question would be in the library at once.
    """
    group, member = acting(by)
    wiping.overwriting()
    found = _locked(group, lesson, seen) if lesson is not None else GroupLesson(group=group, version=0)
    for name in TOLD:
        setattr(found, name, told[name])
    found.version += 1
    found.written_by, found.changed_at = member, timezone.now()
    found.save()
    found.cases.add(*(case for case in cases if case.meeting.group_id == group.pk))
    if not found.cases.exists():
        raise IntervisionError(_("Choose at least one question from which the lesson came."))
    found.consents.all().delete()
    mails.agreement_asked(found, [row for row in who_must_agree(found) if row != member])
    return found


@transaction.atomic
def agree(*, lesson: GroupLesson, by: GroupMember, seen: int) -> GroupLesson:
    """With the last agreement that was needed it is passed on, in the same transaction."""
    group, member = acting(by, closed=True)
    found = _locked(group, lesson, seen)
    if member not in who_must_agree(found):
        raise NotAllowed(_("Only who brought in one of the questions agrees with the lesson."))
    LessonConsent.objects.update_or_create(lesson=found, by=member, defaults={"version": seen, "at": timezone.now()})
    _share_if_agreed(found)
    return found


@transaction.atomic
def take_back(*, lesson: GroupLesson, by: GroupMember) -> None:
    """As long as it was not passed on."""
    group, member = acting(by, closed=True)
    found = _locked(group, lesson, None)
    found.consents.filter(by=member).delete()


def who_must_agree(lesson: GroupLesson) -> list[GroupMember]:
    """In a fixed order."""
    rows = GroupMember.objects.select_related("user").filter(group=lesson.group_id, state=MemberState.ACTIVE)
    bringers = list(rows.filter(cases__lessons=lesson).distinct().order_by("pk"))
    here = {member.pk for member in bringers}
    somebody_left = lesson.cases.exclude(by__in=here).exists() if here else True
    if somebody_left:
        bringers += [row for row in rows.filter(part=Part.FACILITATOR) if row.pk not in here]
    return bringers


def _locked(group: IntervisionGroup, lesson: GroupLesson, seen: int | None) -> GroupLesson:
    """The group is locked already."""
    found = GroupLesson.objects.get(pk=lesson.pk, group=group)
    if found.shared_at is not None:
        raise Stale(_("This lesson has been shared already."))
    if seen is not None and seen != found.version:
        raise Stale(_("The text changed in the meantime. Read it again, then decide."))
    return found


def _share_if_agreed(lesson: GroupLesson) -> None:
    needed = {member.pk for member in who_must_agree(lesson)}
    given = set(lesson.consents.filter(version=lesson.version).values_list("by", flat=True))
    if not needed or not needed <= given:
        return
    lesson.became = Page.objects.get(pk=_pass_on(lesson).pk)
    lesson.shared_at = timezone.now()
    lesson.save()
    mails.shared(lesson)


def _pass_on(lesson: GroupLesson) -> PracticePage:
    """In the name of VVSG: neither the group nor a person or municipality is in it."""
    vvsg = Organisation.objects.current().filter(kind=OrganisationKind.VVSG).order_by("pk").first()
    if vvsg is None:
        raise IntervisionError(_("VVSG itself is not among the organisations yet. Ask VVSG to add it, then try again."))
    year = timezone.localdate().year
    source = _("Intervision, %(year)s") % {"year": year}
    practice = PracticePage.objects.live().filter(pk=lesson.about_id).first() if lesson.about_id else None
    if practice is None:
        return draft_practice_from(title=lesson.title, text=lesson.text, organisation=vvsg, owner=None, notes=source)
    outcome = Outcome(lesson.outcome or Outcome.EARLY)
    text = f"{lesson.title}\n\n{lesson.text}"
    note_adoption(practice=practice, organisation=vvsg, year=year, outcome=outcome, text=text, source=source)
    return practice

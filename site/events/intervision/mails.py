"""The mails of a group; templates: `events/intervision/email/`. None of them holds a word of what was brought in."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from core.mail.services import MailAttachment, absolute_url, post
from events.choices import MemberState, Part
from events.intervision import invitations, terms
from events.models import BrokenGlass, CaseBrought, GroupLesson, GroupMember, IntervisionGroup, Meeting
from events.programme import time_in_words

Files = Sequence[MailAttachment]


class Recipient(NamedTuple):
    email: str
    name: str = ""


def of(row: GroupMember) -> list[Recipient]:
    """Her account's address, or the one that was invited."""
    if row.user is not None:
        return [Recipient(row.user.email, row.user.get_short_name())] if row.user.is_active else []
    return [Recipient(row.email)] if row.email else []


def members(group: IntervisionGroup, *, besides: GroupMember | None = None) -> list[GroupMember]:
    rows = group.members.filter(state=MemberState.ACTIVE, user__is_active=True).select_related("user")
    return [row for row in rows.order_by("pk") if row != besides]


def _facilitators(group: IntervisionGroup) -> list[GroupMember]:
    return [row for row in members(group) if row.part == Part.FACILITATOR]


def _post(
    template: str, group: IntervisionGroup, rows: Iterable[GroupMember], files: Files = (), **context: Any
) -> None:
    view = context.pop("view", "intervision_room")
    words = {"group": group, "url": absolute_url(view, group.uid, *context.pop("args", ())), **context}
    for row in rows:
        for person in of(row):
            whole = {**words, "name": person.name}
            post(template=f"events/intervision/email/{template}", to=person.email, context=whole, attachments=files)


def invited(row: GroupMember) -> None:
    leads = row.part == Part.FACILITATOR
    days = 0 if leads else terms.INVITATION_DAYS
    known = row.user is not None
    _post("invited", row.group, [row], view="intervision_rules", leads=leads, known=known, days=days)


def candidate(row: GroupMember) -> None:
    """To everybody who has a say and did not say it."""
    answered = set(row.consents.values_list("by", flat=True))
    waiting = [member for member in members(row.group) if member.pk not in answered]
    words: dict[str, Any] = {"who": row.user or row.email, "is_proposed": row.proposed_by_id is not None}
    _post("candidate", row.group, waiting, view="intervision_candidate", args=[row.pk], **words)


def not_taken(row: GroupMember) -> None:
    """To who asked herself; who was only proposed never knew."""
    request_ended(row)
    if row.proposed_by is not None and row.proposed_by.state == MemberState.ACTIVE:
        _post("proposal_refused", row.group, [row.proposed_by])


def request_ended(row: GroupMember) -> None:
    """To who asked herself: she was promised to hear of it, whatever ended it."""
    if row.user is not None and row.proposed_by_id is None:
        _post("not_taken", row.group, [row])


def declined(row: GroupMember) -> None:
    _post("declined", row.group, _facilitators(row.group))


def welcome(row: GroupMember) -> None:
    """With every meeting to come for her calendar; the others hear that she is there."""
    to_come = invitations.to_come(row.group)
    _post("welcome", row.group, [row], invitations.files(to_come, of(row)), meetings=_days(to_come))
    _post("joined", row.group, members(row.group, besides=row), who=row.user)


def left(row: GroupMember) -> None:
    files = invitations.files(invitations.to_come(row.group), of(row), cancel=True)
    _post("left", row.group, [row], files)
    _post("somebody_left", row.group, members(row.group), who=row.user)


def removed(row: GroupMember, why: str) -> None:
    files = invitations.files(invitations.to_come(row.group), of(row), cancel=True)
    _post("removed", row.group, [row], files, why=why)
    _post("somebody_left", row.group, members(row.group), who=row.user)


def new_facilitator(group: IntervisionGroup, row: GroupMember) -> None:
    _post("new_facilitator", group, members(group), who=row.user)


def facilitator_wanted(group: IntervisionGroup) -> None:
    _post("facilitator_wanted", group, members(group))


def rules_changed(group: IntervisionGroup) -> None:
    _post("rules_changed", group, members(group), view="intervision_rules")


def when_of(row: Meeting) -> str:
    return time_in_words(row.starts_at, row.ends_at)


def meeting(row: Meeting, template: str, *, cancel: bool = False, before: str = "") -> None:
    """Everybody gets it for her own calendar. `before`: when it was, of one that changed."""
    when = when_of(row)
    for member in members(row.group):
        files = invitations.files([row], of(member), cancel=cancel)
        place = row.place or row.online_link
        _post(template, row.group, [member], files, meeting=row, when=when, place=place, before=before)


def reminder(row: Meeting) -> None:
    place = row.place or row.online_link
    _post("reminder", row.group, members(row.group), meeting=row, when=when_of(row), place=place)


def question_brought(case: CaseBrought) -> None:
    """That there is one, and for when."""
    group = case.meeting.group
    rows = members(group, besides=case.by)
    _post(
        "question_brought", group, rows, when=when_of(case.meeting), view="intervision_meeting", args=[case.meeting.uid]
    )


def agreement_asked(lesson: GroupLesson, rows: Iterable[GroupMember]) -> None:
    _post("agreement_asked", lesson.group, rows, view="intervision_lesson", args=[lesson.uid])


def shared(lesson: GroupLesson) -> None:
    _post("shared", lesson.group, members(lesson.group), view="intervision_lesson", args=[lesson.uid])


def glass_broken(row: BrokenGlass) -> None:
    _post("glass_broken", row.group, members(row.group), glass=row, view="intervision_log")


def closed(group: IntervisionGroup, meetings: Sequence[Meeting]) -> None:
    for member in members(group):
        files = invitations.files(meetings, of(member), cancel=True)
        _post("closed", group, [member], files, until=group.readable_until)


def _days(meetings: Iterable[Meeting]) -> list[str]:
    return [when_of(row) for row in meetings]

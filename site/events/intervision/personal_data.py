"""What intervision holds about somebody: told to herself alone, and forgotten when her account goes."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core import retention
from events.choices import MemberState
from events.intervision import wiping
from events.intervision.services.cases import due, erase_due, wipe_all_of
from events.intervision.services.joining import end
from events.intervision.services.leaving import gone
from events.models import BrokenGlass, CaseBrought, GroupLesson, GroupMember, IntervisionGroup
from people import personal_data
from people.models import User
from people.personal_data import Provider, Row


def _memberships(user: User) -> list[Row]:
    found = GroupMember.objects.filter(user=user).select_related("group").prefetch_related("presences")
    return [
        {
            "group": row.group.name,
            "part": row.get_part_display(),
            "state": row.get_state_display(),
            "since": row.since,
            "motivation": row.motivation,
            "accepted": row.accepted_rules_at,
            "signed": row.accepted_name,
            "ended": row.ended_at,
            "meetings": sum(presence.present for presence in row.presences.all()),
        }
        for row in found
    ]


def _forget_memberships(user: User) -> None:
    """She leaves every group with her questions; that somebody was there stays, without her."""
    wiping.overwriting()
    for row in GroupMember.objects.filter(user=user).select_related("group"):
        wipe_all_of(row)
        if row.state == MemberState.ACTIVE:
            gone(IntervisionGroup.objects.select_for_update().get(pk=row.group_id), row)
        elif row.state in (MemberState.INVITED, MemberState.ASKED):
            row.consents.all().delete()
            end(row, MemberState.REFUSED)
        row.user, row.accepted_name, row.motivation, row.email = None, "", "", ""
        row.save()


def _cases(user: User) -> list[Row]:
    rows = CaseBrought.objects.filter(by__user=user, erased_at=None).select_related("meeting")
    return [
        {"title": row.title, "text": row.text, "meeting": row.meeting.starts_at, "erased": row.erase_on} for row in rows
    ]


def _lessons(user: User) -> list[Row]:
    rows = GroupLesson.objects.filter(Q(written_by__user=user) | Q(consents__by__user=user), shared_at=None)
    return [{"title": row.title, "text": row.text, "written": row.changed_at} for row in rows.distinct()]


def _glass(user: User) -> list[Row]:
    rows = BrokenGlass.objects.filter(by=user).select_related("group")
    return [{"when": row.at, "group": row.group.name, "why": row.reason} for row in rows]


def _old_groups() -> "QuerySet[GroupMember]":
    long_ago = retention.cutoff("intervision")
    rows = GroupMember.objects.exclude(user=None, accepted_name="")
    return rows.filter(Q(group__closed_at__lt=long_ago) | Q(ended_at__lt=long_ago))


def _make_anonymous() -> int:
    return _old_groups().update(user=None, accepted_name="", motivation="", email="")


def _left_lessons() -> "QuerySet[GroupLesson]":
    return GroupLesson.objects.filter(shared_at=None, changed_at__lt=retention.cutoff("intervision_lessons"))


def _delete_lessons() -> int:
    wiping.overwriting()
    count = _left_lessons().count()
    _left_lessons().delete()
    return count


MEMBERSHIP = {
    "group": _("Group"),
    "part": _("Part"),
    "state": _("State"),
    "since": _("Since"),
    "motivation": _("Why you want to join"),
    "accepted": _("Rules accepted on"),
    "signed": _("In the name of"),
    "ended": _("Ended on"),
    "meetings": _("Meetings you were at"),
}


def connect() -> None:
    personal_data.register(
        Provider(
            "intervision",
            _("Intervision groups"),
            ("events.GroupMember.user",),
            MEMBERSHIP,
            _memberships,
            _forget_memberships,
        ),
        Provider(
            "intervision_cases",
            _("Questions you brought in to intervision"),
            (),
            {
                "title": _("Question"),
                "text": _("Text"),
                "meeting": _("For the meeting of"),
                "erased": _("Erased by itself on"),
            },
            _cases,
        ),
        Provider(
            "intervision_lessons",
            _("Lessons of intervision in the making"),
            (),
            {"title": _("Title"), "text": _("Text"), "written": _("Written on")},
            _lessons,
        ),
        Provider(
            "intervision_glass",
            _("Closed rooms that you entered as administrator"),
            ("events.BrokenGlass.by",),
            {"when": _("When"), "group": _("Group"), "why": _("Reason")},
            _glass,
        ),
    )
    retention.register(*rules())


def rules() -> list[retention.Rule]:
    return [
        retention.Rule(
            "intervision_cases",
            _("Questions brought in to intervision, at most: each group sets its own term after a meeting"),
            _("Deleted"),
            "intervision_cases",
            lambda: due().count(),
            erase_due,
            order=65,
        ),
        retention.Rule(
            "intervision_lessons",
            _("Lessons of intervision groups on which nobody works any more"),
            _("Deleted"),
            "intervision_lessons",
            lambda: _left_lessons().count(),
            _delete_lessons,
            order=66,
        ),
        retention.Rule(
            "intervision",
            _("Who was in an intervision group, after it closed or she left"),
            _("Made anonymous: figures stay, without names"),
            "intervision",
            lambda: _old_groups().count(),
            _make_anonymous,
            order=67,
        ),
    ]

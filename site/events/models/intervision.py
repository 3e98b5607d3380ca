"""Intervision: a fixed group of peers behind a closed door. No page: no editor, search or feed sees it."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from events.choices import MemberState, Method, Part
from events.models.pages import EventPage
from practices.choices import Outcome

SMALLEST, LARGEST = 5, 8


def closed_files() -> Storage:
    """Files that no web server reaches: served by a view that asks who reads."""
    return FileSystemStorage(location=settings.CLOSED_FILES_DIR)


def place_of_file(instance: "RoomFile", filename: str) -> str:
    """Nothing of the name that somebody gave it."""
    return f"intervision/{uuid.uuid4().hex}"


class Closed(models.Model):
    """What Wagtail's register of what refers to what does not hold: an editor would see it beside a page."""

    wagtail_reference_index_ignore: ClassVar[bool] = True

    class Meta:
        abstract = True


class IntervisionGroup(Closed):
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(
        _("name of the group"),
        max_length=120,
        help_text=_("It stands in mails and calendars: without names of persons and without cases."),
    )
    purpose = models.TextField(_("what the group is for"), blank=True)
    method = models.CharField(_("method"), max_length=12, choices=Method, default=Method.INCIDENT)
    rules = models.TextField(_("rules of confidentiality"))
    rules_version = models.PositiveSmallIntegerField(default=1)
    announced_on = models.ForeignKey(
        EventPage,
        verbose_name=_("announced on"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="intervision_groups",
        help_text=_("The page of the calendar where people can ask to join."),
    )
    is_open = models.BooleanField(_("people can ask to join"), default=False)
    erase_after_days = models.PositiveSmallIntegerField(
        _("days after the meeting that a case is erased"),
        default=14,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    created_at = models.DateTimeField(default=timezone.now)
    opened_at = models.DateTimeField(
        null=True, blank=True, help_text="When it first had enough members: from then on it is a fixed group."
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    readable_until = models.DateField(null=True, blank=True, help_text="Of a closed group: the last day.")
    emptied_at = models.DateTimeField(null=True, blank=True, help_text="From then on nobody gets in.")

    class Meta:
        verbose_name = _("intervision group")
        verbose_name_plural = _("intervision groups")
        default_permissions = ()
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class GroupMember(Closed):
    """Somebody in a group, or on the way in. Who left stays: what she agreed with holds."""

    group = models.ForeignKey(IntervisionGroup, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="intervision_memberships"
    )
    part = models.CharField(max_length=12, choices=Part, default=Part.MEMBER)
    state = models.CharField(max_length=10, choices=MemberState)
    email = models.EmailField(blank=True, help_text="Whom an invitation is for, until she answers.")
    proposed_by = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Empty: she asked herself.",
    )
    motivation = models.TextField(_("why you want to join"), blank=True)
    since = models.DateTimeField(default=timezone.now)
    accepted_rules_at = models.DateTimeField(null=True, blank=True)
    accepted_name = models.CharField(_("your name, in full"), max_length=150, blank=True)
    accepted_version = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ("pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["group", "user"],
                condition=models.Q(state__in=(MemberState.INVITED, MemberState.ASKED, MemberState.ACTIVE)),
                name="in_an_intervision_group_once",
            ),
            models.UniqueConstraint(
                fields=["group", "email"],
                condition=models.Q(state__in=(MemberState.INVITED, MemberState.ASKED)) & ~models.Q(email=""),
                name="invited_to_a_group_once",
            ),
            models.UniqueConstraint(
                fields=["group"],
                condition=models.Q(part=Part.FACILITATOR, state__in=(MemberState.INVITED, MemberState.ACTIVE)),
                name="one_facilitator_of_a_group",
            ),
            models.CheckConstraint(condition=models.Q(state__in=MemberState.values), name="group_member_state_known"),
        ]


class JoinConsent(Closed):
    """What a member says to somebody who asks to join: one no is enough."""

    candidate = models.ForeignKey(GroupMember, on_delete=models.CASCADE, related_name="consents")
    by = models.ForeignKey(GroupMember, on_delete=models.CASCADE, related_name="+")
    agrees = models.BooleanField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["candidate", "by"], name="join_consent_once")
        ]


class Meeting(Closed):
    group = models.ForeignKey(IntervisionGroup, on_delete=models.CASCADE, related_name="meetings")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=255, blank=True)
    online_link = models.URLField(_("online link"), blank=True, max_length=500)
    agenda = models.TextField(_("agenda"), blank=True, help_text=_("Without names of persons and without cases."))
    sequence = models.PositiveIntegerField(default=0)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ("starts_at",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="meeting_ends_after_it_starts",
                violation_error_message=_("A meeting ends after it starts."),
            )
        ]


class MeetingPresence(Closed):
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="presences")
    member = models.ForeignKey(GroupMember, on_delete=models.CASCADE, related_name="presences")
    present = models.BooleanField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["meeting", "member"], name="meeting_presence_once")
        ]


class RoomFile(Closed):
    """A material of the group."""

    group = models.ForeignKey(IntervisionGroup, on_delete=models.CASCADE, related_name="files")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=150)
    file = models.FileField(_("file"), storage=closed_files, upload_to=place_of_file)
    filename = models.CharField(max_length=120, default="", help_text="As it is offered to who downloads it.")
    size = models.PositiveIntegerField(default=0, help_text="In bytes.")
    by = models.ForeignKey(GroupMember, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        ordering = ("-at",)


class CaseBrought(Closed):
    """A question that a member brings in, without names. Its text is erased a set time after the meeting."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="cases")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(GroupMember, null=True, on_delete=models.SET_NULL, related_name="cases")
    title = models.CharField(_("your question in one line"), max_length=150, blank=True)
    text = models.TextField(_("what is going on"), blank=True)
    no_names_at = models.DateTimeField(help_text="When she declared that it names nobody.")
    at = models.DateTimeField(default=timezone.now)
    erase_on = models.DateField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ("at",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(erased_at=None) | models.Q(title="", text=""), name="erased_case_holds_no_text"
            )
        ]


class GroupLesson(Closed):
    """What remains of cases: written together, freed of identifying detail, agreed by all who brought them."""

    group = models.ForeignKey(IntervisionGroup, on_delete=models.CASCADE, related_name="lessons")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    cases = models.ManyToManyField(CaseBrought, blank=True, related_name="lessons")
    title = models.CharField(_("lesson in one line"), max_length=150)
    text = models.TextField(_("what others may learn"), help_text=_("Name no persons, no place and no case."))
    about = models.ForeignKey(
        Page, verbose_name=_("practice it is about"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    outcome = models.CharField(_("what came of the practice"), max_length=10, choices=Outcome, blank=True)
    version = models.PositiveIntegerField(default=1, help_text="Grows with the text: consent holds for what was read.")
    written_by = models.ForeignKey(GroupMember, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    became = models.ForeignKey(Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    shared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ("-at",)


class LessonConsent(Closed):
    lesson = models.ForeignKey(GroupLesson, on_delete=models.CASCADE, related_name="consents")
    by = models.ForeignKey(GroupMember, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["lesson", "by"], name="lesson_consent_once")
        ]


class BrokenGlass(Closed):
    """That an administrator entered a room she is not a member of: who, why, until when. Never deleted by hand."""

    group = models.ForeignKey(IntervisionGroup, on_delete=models.PROTECT, related_name="broken_glass")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    reason = models.TextField(_("why you must enter this room"))
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()

    class Meta:
        default_permissions = ()
        ordering = ("-at",)

"""Who takes part in an event. Who was first is known by `pk`: rows are made under the lock of the event."""

import secrets
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.choices import ACTIVE, RegistrationState
from events.models.pages import EventPage, Session
from events.models.running import EventMailing, GuestLink
from experts.models.afterwards import FIVE, certificate_code
from people.models import Organisation, Role


def attendance_code() -> str:
    """Six digits to say or type at the door; unique within an event by being tried again."""
    return f"{secrets.randbelow(1_000_000):06d}"


class Registration(models.Model):
    """One person for one event, from registering to the certificate. `version` grows with every change."""

    event = models.ForeignKey(EventPage, on_delete=models.PROTECT, related_name="registrations")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("participant"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="registrations",
    )
    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("e-mail address"))
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="registrations",
    )
    role = models.CharField(_("role"), max_length=12, choices=Role, blank=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    guest_link = models.ForeignKey(
        GuestLink, null=True, blank=True, on_delete=models.SET_NULL, related_name="registrations"
    )
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaced_by"
    )

    state = models.CharField(_("state"), max_length=12, choices=RegistrationState)
    at = models.DateTimeField(default=timezone.now)
    queued_at = models.DateTimeField(null=True, blank=True, help_text="When she came on the waiting list.")
    held_until = models.DateTimeField(null=True, blank=True, help_text="An offered seat is hers until then.")
    conditions_accepted_at = models.DateTimeField(null=True, blank=True)
    on_list = models.BooleanField(
        _("on the list of participants"), default=False, help_text=_("Other participants see name and organisation.")
    )
    attendance_code = models.CharField(max_length=6, default=attendance_code)
    certificate_code = models.CharField(max_length=20, unique=True, default=certificate_code)
    evaluated_at = models.DateTimeField(
        null=True, blank=True, help_text="That she answered; not what, nor when: the end of the event for everybody."
    )
    thanked_at = models.DateTimeField(null=True, blank=True, help_text="When she got the mail that follows the event.")
    sequence = models.PositiveIntegerField(default=0, help_text="Of her invitation, as in RFC 5545.")
    version = models.PositiveIntegerField(default=0)
    anonymised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        default_permissions = ()
        ordering = ("pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(state__in=RegistrationState.values), name="registration_state_known"
            ),
            models.UniqueConstraint(
                "event",
                Lower("email"),
                condition=models.Q(state__in=ACTIVE, anonymised_at=None),
                name="registered_once_for_an_event",
            ),
            models.UniqueConstraint(fields=["event", "attendance_code"], name="attendance_code_once_for_an_event"),
            models.CheckConstraint(
                condition=~models.Q(state=RegistrationState.OFFERED) | models.Q(held_until__isnull=False),
                name="offered_seat_held_until_a_moment",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["event", "state", "queued_at"])]

    def __str__(self) -> str:
        return f"{self.name}: {self.event}"


class RegistrationChange(models.Model):
    """A line of the history: who, when, from, to, why. `action` names the service that did it."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="history")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    action = models.CharField(max_length=30)
    old = models.CharField(max_length=12, choices=RegistrationState, blank=True)
    new = models.CharField(max_length=12, choices=RegistrationState, blank=True)
    why = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        ordering = ("at", "pk")


class Answer(models.Model):
    """To a question of the organiser. The question's own words are kept: editors change questions."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="answers")
    question_uid = models.UUIDField()
    question = models.CharField(max_length=200)
    text = models.TextField()
    erase_on = models.DateField()

    class Meta:
        default_permissions = ()
        ordering = ("pk",)
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["registration", "question_uid"], name="question_answered_once")
        ]


class ChosenSession(models.Model):
    """Which of the sessions side by side she chose."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="chosen")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="chosen")

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["registration", "session"], name="session_chosen_once")
        ]


class SessionPresence(models.Model):
    """Whether she was at a session, as somebody noted at the door or she by her code."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="presences")
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="presences")
    present = models.BooleanField()
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["registration", "session"], name="presence_noted_once")
        ]


class EventEvaluation(models.Model):
    """What a participant thought. Nobody's name: the registration only knows that it was answered."""

    event = models.ForeignKey(EventPage, on_delete=models.CASCADE, related_name="evaluations")
    useful = models.PositiveSmallIntegerField(_("Can you use it in your work?"), validators=FIVE)
    goals = models.PositiveSmallIntegerField(_("Did you learn what was promised?"), validators=FIVE)
    leaders = models.PositiveSmallIntegerField(_("Were you well guided?"), validators=FIVE)
    organised = models.PositiveSmallIntegerField(_("Was it well organised?"), validators=FIVE)
    recommend = models.PositiveSmallIntegerField(_("Would you recommend it to a colleague?"), validators=FIVE)
    remarks = models.TextField(_("What should we know?"), blank=True)
    on = models.DateField(default=timezone.localdate)

    class Meta:
        default_permissions = ()


class MailingRecipient(models.Model):
    """One mail of a mailing. `sent_at` is written in the transaction that puts the mail in the outbox: never twice."""

    mailing = models.ForeignKey(EventMailing, on_delete=models.CASCADE, related_name="recipients")
    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["mailing", "registration"], name="mailed_once_in_a_mailing")
        ]

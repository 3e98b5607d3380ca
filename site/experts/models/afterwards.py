"""What comes after a delivery: the municipality's evaluation, the expert's report, and what may be shared."""

import secrets
from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from experts.models.bookings import Booking
from experts.models.pages import ExpertPage
from practices.choices import Outcome

CODE_SIGNS = "ACDEFGHJKLMNPQRTUVWXY34679"  # none that looks like another
FIVE = [MinValueValidator(1), MaxValueValidator(5)]


def certificate_code() -> str:
    """To type over from paper: three groups of four signs, some 56 bits."""
    return "-".join("".join(secrets.choice(CODE_SIGNS) for _sign in range(4)) for _group in range(3))


class Evaluation(models.Model):
    """Five questions to the municipality; 1 is not at all, 5 is completely."""

    booking = models.OneToOneField(Booking, on_delete=models.CASCADE, related_name="evaluation")
    answered = models.PositiveSmallIntegerField(_("Did it answer your question?"), validators=FIVE)
    usable = models.PositiveSmallIntegerField(_("Can you use it in your work?"), validators=FIVE)
    expertise = models.PositiveSmallIntegerField(_("Did the expert know the subject?"), validators=FIVE)
    organised = models.PositiveSmallIntegerField(_("Was it well organised?"), validators=FIVE)
    again = models.PositiveSmallIntegerField(_("Would you ask this expert again?"), validators=FIVE)
    remarks = models.TextField(_("What should we know?"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()


class DeliveryReport(models.Model):
    """The expert's short report of a delivery."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="reports")
    expert = models.ForeignKey(ExpertPage, on_delete=models.PROTECT, related_name="reports")
    done = models.TextField(_("What did you do?"))
    reached = models.PositiveSmallIntegerField(_("How many people took part?"), null=True, blank=True)
    learnt = models.TextField(_("What can others learn from it?"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    certificate_code = models.CharField(max_length=20, unique=True, default=certificate_code)

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["booking", "expert"], name="one_report_by_an_expert")
        ]


class SharedLesson(models.Model):
    """What was learnt and may be shared. Both parties consent; then it becomes an experience or a draft practice."""

    booking = models.OneToOneField(Booking, on_delete=models.CASCADE, related_name="lesson")
    text = models.TextField(
        _("what others may learn"), help_text=_("Name no persons and no case: everybody will be able to read this.")
    )
    about = models.ForeignKey(
        Page,
        verbose_name=_("practice it is about"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    outcome = models.CharField(
        _("outcome"),
        max_length=10,
        choices=Outcome,
        blank=True,
        help_text=_("Of the practice in the municipality. Failure counts."),
    )
    adapted = models.TextField(_("what was adapted"), blank=True)
    version = models.PositiveIntegerField(
        default=0, help_text=_("Grows with the text: consent holds for what was read.")
    )
    changed_at = models.DateTimeField(default=timezone.now)
    municipality_consents_at = models.DateTimeField(null=True, blank=True)
    expert_consents_at = models.DateTimeField(null=True, blank=True)
    became = models.ForeignKey(
        Page, verbose_name=_("became"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    shared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(shared_at=None)
                | models.Q(municipality_consents_at__isnull=False, expert_consents_at__isnull=False),
                name="lesson_shared_with_both_consents",
            )
        ]


class AskedAfterwards(models.Model):
    """How often a party was asked to look back: the municipality (no expert), or one of the experts."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="asked_afterwards")
    expert = models.ForeignKey(ExpertPage, null=True, on_delete=models.CASCADE, related_name="+")
    times = models.PositiveSmallIntegerField(default=0)
    last_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["booking", "expert"], name="expert_asked_afterwards_once"),
            models.UniqueConstraint(
                fields=["booking"], condition=models.Q(expert=None), name="municipality_asked_afterwards_once"
            ),
        ]

"""What comes after a delivery: the municipality's evaluation, the expert's report, and what may be shared."""

from typing import ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from experts.models.bookings import Booking
from experts.models.pages import ExpertPage

FIVE = [MinValueValidator(1), MaxValueValidator(5)]


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
    certificate_code = models.CharField(max_length=20, unique=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["booking", "expert"], name="one_report_by_an_expert")
        ]


class SharedLesson(models.Model):
    """What was learnt and may be shared. Both parties consent; then it becomes an experience or a draft practice."""

    booking = models.OneToOneField(Booking, on_delete=models.CASCADE, related_name="lesson")
    text = models.TextField(_("what others may learn"))
    about = models.ForeignKey(
        Page,
        verbose_name=_("practice it is about"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    municipality_consents_at = models.DateTimeField(null=True, blank=True)
    expert_consents_at = models.DateTimeField(null=True, blank=True)
    became = models.ForeignKey(
        Page, verbose_name=_("became"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    shared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()

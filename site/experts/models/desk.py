"""VVSG's desk: a question to a group of experts, with the answers collected."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from experts.models.bookings import Booking
from experts.models.pages import ExpertPage


class GroupQuestion(models.Model):
    """“Who can?”, mailed to several experts at once."""

    booking = models.ForeignKey(
        Booking, null=True, blank=True, on_delete=models.CASCADE, related_name="group_questions"
    )
    subject = models.CharField(_("subject"), max_length=150)
    text = models.TextField(_("question"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answer_by = models.DateField(_("answer by"))
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        ordering = ("-asked_at", "-pk")

    def __str__(self) -> str:
        return self.subject


class GroupAnswer(models.Model):
    """What one expert answers; empty as long as she did not."""

    class Can(models.TextChoices):
        YES = "yes", _("I can")
        MAYBE = "maybe", _("maybe")
        NO = "no", _("I cannot")

    question = models.ForeignKey(GroupQuestion, on_delete=models.CASCADE, related_name="answers")
    expert = models.ForeignKey(ExpertPage, on_delete=models.CASCADE, related_name="group_answers")
    can = models.CharField(_("can you"), max_length=5, choices=Can, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["question", "expert"], name="group_answer_once")
        ]

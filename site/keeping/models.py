"""Everything that makes knowledge outlive its makers."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class KeptPage(models.Model):
    """Mixin of pages that somebody stands for: a steward, a day of confirmation and a day of review."""

    steward = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("steward"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Who keeps this page true. Not shown to visitors."),
    )
    confirmed_on = models.DateField(
        _("last confirmed on"),
        null=True,
        blank=True,
        help_text=_("When somebody last checked that this page is still right. Visitors see the month."),
    )
    review_date = models.DateField(
        _("review date"), null=True, help_text=_("By this day the steward checks the page again; usually in a year.")
    )
    withdrawal_reason = models.TextField(
        _("why it was withdrawn"),
        blank=True,
        help_text=_("Shown at the old address once the page is unpublished: why it went."),
    )
    successor = models.ForeignKey(
        Page,
        verbose_name=_("replaced by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The page that took its place. Shown at the old address."),
    )

    class Meta:
        abstract = True

    @property
    def review_is_due(self) -> bool:
        return self.review_is_due_on(timezone.localdate())

    def review_is_due_on(self, day: date) -> bool:
        return self.review_date is not None and self.review_date < day


class WritingWish(models.Model):
    """A note of what readers miss: what should be written, why, who writes it and what came of it."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        WRITING = "writing", _("being written")
        DONE = "done", _("written")
        REFUSED = "refused", _("will not be written")

    UNDECIDED: ClassVar[tuple[str, ...]] = (State.OPEN, State.WRITING)

    subject = models.CharField(_("what should be written"), max_length=200)
    reason = models.TextField(_("why"), blank=True, help_text=_("Who asked for it, or what readers searched for."))
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    writer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who writes it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    page = models.ForeignKey(
        Page,
        verbose_name=_("the page that came of it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    noted_on = models.DateField(_("noted on"), default=timezone.localdate, editable=False)

    class Meta:
        verbose_name = _("writing wish")
        verbose_name_plural = _("writing wishes")
        ordering = ("-noted_on", "-pk")

    def __str__(self) -> str:
        return self.subject

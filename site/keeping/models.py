"""Everything that makes knowledge outlive its makers."""

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
        return self.review_date is not None and self.review_date < timezone.localdate()

"""Events that belong together: editions of one training, or the meetings of a learning network."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventSeries(models.Model):
    title = models.CharField(_("title"), max_length=150)
    rule = models.CharField(
        _("rule"), max_length=200, blank=True, help_text=_("How the dates were made, in words: “every first Tuesday”.")
    )

    class Meta:
        verbose_name = _("series of events")
        verbose_name_plural = _("series of events")
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title

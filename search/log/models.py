"""The counts: one row for a question on a day."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from search.log.questions import MAXIMUM_FILTERS, MAXIMUM_WORDS


class AskedSearch(models.Model):
    """How often something was asked on a day. Who asked it, from where and at what time is nowhere."""

    day = models.DateField(_("day"))
    text = models.CharField(_("words"), max_length=MAXIMUM_WORDS, blank=True)
    filters = models.CharField(_("filters"), max_length=MAXIMUM_FILTERS, blank=True)
    asked = models.PositiveIntegerField(_("times asked"), default=0)
    opened = models.PositiveIntegerField(_("times something was opened"), default=0)
    hits = models.PositiveIntegerField(_("hits, the last time"), default=0)
    fewest = models.PositiveIntegerField(_("fewest hits of the day"), default=0)

    class Meta:
        db_table = "search_log_asked"
        verbose_name = _("asked search")
        verbose_name_plural = _("asked searches")
        default_permissions = ("view", "delete")
        ordering = ("-day", "-asked", "text")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["day", "text", "filters"], name="search_log_one_row_a_day"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["text", "filters"], name="search_log_question")]

    def __str__(self) -> str:
        return self.text or self.filters

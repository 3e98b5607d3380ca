"""What was done about a question: it became a synonym, or a note of what is still to be written."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from keeping.models import WritingWish
from search.log.questions import MAXIMUM_FILTERS, MAXIMUM_WORDS
from taxonomy.models import Concept


class HandledSearch(models.Model):
    """Words that an editor dealt with, whatever the filters beside them; for filters without words, those filters.

    Of `concept` and `wish` one is set. When either goes, so does this: the question is open again.
    """

    text = models.CharField(_("words"), max_length=MAXIMUM_WORDS, blank=True)
    filters = models.CharField(_("filters"), max_length=MAXIMUM_FILTERS, blank=True)
    concept = models.ForeignKey(
        Concept, verbose_name=_("concept"), null=True, on_delete=models.CASCADE, related_name="handled_searches"
    )
    label = models.CharField(_("label"), max_length=120, blank=True)
    wish = models.ForeignKey(
        WritingWish,
        verbose_name=_("writing wish"),
        null=True,
        on_delete=models.CASCADE,
        related_name="handled_searches",
    )

    class Meta:
        verbose_name = _("handled search")
        verbose_name_plural = _("handled searches")
        default_permissions = ()
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["text", "filters"], name="handled_search_once"),
            models.CheckConstraint(
                condition=models.Q(concept=None, wish__isnull=False) | models.Q(concept__isnull=False, wish=None),
                name="handled_search_one_way",
            ),
            models.CheckConstraint(
                condition=models.Q(text="") | models.Q(filters=""), name="handled_search_words_or_filters"
            ),
        ]

    def __str__(self) -> str:
        return self.text or self.filters

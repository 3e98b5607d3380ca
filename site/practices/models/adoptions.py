"""That a municipality used a practice, and what came of it."""

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.transactions import SavedWhole
from people.models import Organisation
from practices.choices import Outcome


class Adoption(SavedWhole):
    """A row of its own, not a part of the page: experiences come in while somebody edits the practice.

    Shown and found as long as the municipality agrees: from the day in `consented_on`.
    """

    practice = models.ForeignKey(
        "practices.PracticePage", verbose_name=_("practice"), on_delete=models.CASCADE, related_name="adoptions"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="adoptions"
    )
    year = models.PositiveSmallIntegerField(
        _("year"),
        validators=[MinValueValidator(1990), MaxValueValidator(2100)],
        help_text=_("In which it was used, or in which that began."),
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, help_text=_("Failure counts."))
    text = models.TextField(
        _("experience"), help_text=_("What happened, and what would they tell a colleague? Name no persons.")
    )
    adapted = models.TextField(_("what was adapted"), blank=True)
    source = models.CharField(
        _("source"), max_length=255, blank=True, help_text=_("How do we know: a conversation, a report, a booking?")
    )
    consented_on = models.DateField(
        _("agreed on"),
        null=True,
        blank=True,
        help_text=_("The day on which the organisation agreed that this is shown. Empty: it is not shown."),
    )

    class Meta:
        verbose_name = _("experience with a practice")
        verbose_name_plural = _("experiences with practices")
        ordering = ("-year", "-pk")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(outcome__in=Outcome.values), name="adoption_outcome_known")
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.practice}"

"""What an expert offers, and what she took part in."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import PageChooserPanel, Panel
from wagtail.models import Orderable

from experts.choices import Language, OfferKind
from experts.fields import CodesField
from experts.models.pages import ExpertPage
from people.models import Province


class ExpertOffer(Orderable):
    """Something a municipality can ask this expert for."""

    expert = ParentalKey(ExpertPage, on_delete=models.CASCADE, related_name="offers")
    kind = models.CharField(_("kind"), max_length=12, choices=OfferKind)
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    day_parts = models.PositiveSmallIntegerField(_("duration in day-parts"), default=1)
    group_min = models.PositiveSmallIntegerField(_("smallest group"), null=True, blank=True)
    group_max = models.PositiveSmallIntegerField(_("largest group"), null=True, blank=True)
    languages = CodesField(_("languages"), default=list, codes=Language)
    provinces = CodesField(
        _("provinces"), default=list, blank=True, codes=Province, help_text=_("Where you come. None: online only.")
    )
    online = models.BooleanField(_("also online"), default=False)
    municipality_cost = models.DecimalField(
        _("what it costs the municipality, in euro"), max_digits=8, decimal_places=2, default=0
    )
    pool_cost = models.DecimalField(_("what the pool pays, in euro"), max_digits=8, decimal_places=2, default=0)

    class Meta(Orderable.Meta):
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(day_parts__gte=1),
                name="offer_takes_a_day_part",
                violation_error_message=_("An offer takes at least one day-part."),
            ),
            models.CheckConstraint(
                condition=models.Q(group_min=None)
                | models.Q(group_max=None)
                | models.Q(group_max__gte=models.F("group_min")),
                name="offer_group_sizes_in_order",
                violation_error_message=_("The largest group cannot be smaller than the smallest."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def language_names(self) -> list[str]:
        return [str(language.label) for language in Language if language.value in self.languages]

    @property
    def province_names(self) -> list[str]:
        return [str(province.label) for province in Province if province.value in self.provinces]


class ExpertWork(Orderable):
    """A practice or another page of this site in which the expert took part."""

    expert = ParentalKey(ExpertPage, on_delete=models.CASCADE, related_name="works")
    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="expert_works"
    )

    panels: ClassVar[list[Panel]] = [PageChooserPanel("page")]

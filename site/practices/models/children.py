"""The rows that hang below a practice: each an ordered list that editors fill."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.admin.panels import FieldPanel, PageChooserPanel, Panel
from wagtail.documents import get_document_model_string
from wagtail.models import Orderable

from people.choosers import municipality_chooser
from people.models import Organisation
from practices.choices import MaterialKind


class PracticeTag(TaggedItemBase):
    content_object = ParentalKey("practices.PracticePage", on_delete=models.CASCADE, related_name="tagged_items")


class PracticeMaterial(Orderable):
    """A document that comes with the practice."""

    practice = ParentalKey("practices.PracticePage", on_delete=models.CASCADE, related_name="materials")
    document = models.ForeignKey(
        get_document_model_string(), verbose_name=_("document"), on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=20, choices=MaterialKind, default=MaterialKind.OTHER)
    title = models.CharField(_("title"), max_length=200, blank=True, help_text=_("Empty: the title of the document."))

    panels: ClassVar[list[Panel]] = [FieldPanel("document"), FieldPanel("kind"), FieldPanel("title")]

    def __str__(self) -> str:
        return self.title or str(self.document)


class PracticeMunicipality(Orderable):
    """A municipality where the practice ran."""

    practice = ParentalKey("practices.PracticePage", on_delete=models.CASCADE, related_name="ran_in")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("municipality"),
        on_delete=models.PROTECT,
        related_name="practices_ran",
        limit_choices_to={"kind": "municipality"},
    )

    panels: ClassVar[list[Panel]] = [FieldPanel("organisation", widget=municipality_chooser.widget_class)]

    class Meta(Orderable.Meta):
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["practice", "organisation"],
                name="practice_ran_once_in_a_municipality",
                violation_error_message=_("This municipality is in the list already."),
            )
        ]


class PracticeReference(Orderable):
    """Research or an evaluation that says something about the practice."""

    practice = ParentalKey("practices.PracticePage", on_delete=models.CASCADE, related_name="references")
    title = models.CharField(_("title"), max_length=500)
    author = models.CharField(_("author"), max_length=255, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    url = models.URLField(_("address"), blank=True)

    panels: ClassVar[list[Panel]] = [FieldPanel("title"), FieldPanel("author"), FieldPanel("year"), FieldPanel("url")]


class PracticeSource(Orderable):
    """Where the facts of this page stand."""

    practice = ParentalKey("practices.PracticePage", on_delete=models.CASCADE, related_name="sources")
    title = models.CharField(_("document"), max_length=500)
    passage = models.CharField(_("passage"), max_length=120, blank=True, help_text=_("Measure, page or chapter."))
    url = models.URLField(_("address"), blank=True)

    panels: ClassVar[list[Panel]] = [FieldPanel("title"), FieldPanel("passage"), FieldPanel("url")]


class RelatedPractice(Orderable):
    practice = ParentalKey("practices.PracticePage", on_delete=models.CASCADE, related_name="related_links")
    related = models.ForeignKey(
        "practices.PracticePage", verbose_name=_("practice"), on_delete=models.CASCADE, related_name="linked_from"
    )

    panels: ClassVar[list[Panel]] = [PageChooserPanel("related")]

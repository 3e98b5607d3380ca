"""The controlled vocabulary: schemes of concepts, kept by editors."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from core.transactions import SavedWhole
from taxonomy.forms import ConceptForm
from taxonomy.querysets import ConceptQuerySet


class Scheme(models.TextChoices):
    THEME = "theme", _("theme")
    TARGET_GROUP = "target_group", _("target group")
    SECTOR = "sector", _("sector")
    EXTREMISM_FORM = "extremism_form", _("form of extremism")
    LIVC_PHASE = "livc_phase", _("LIVC-R phase")
    METHOD = "method", _("method")
    GLOSSARY = "glossary", _("glossary")


class Concept(index.Indexed, SavedWhole):
    """A term of one scheme. Retired terms stay on the pages that carry them; merged terms hand their pages over."""

    scheme = models.CharField(_("scheme"), max_length=20, choices=Scheme)
    label = models.CharField(_("label"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=120, unique=True, help_text=_("Stays the same: links contain it."))
    other_labels = models.JSONField(
        _("other labels"),
        default=list,
        blank=True,
        help_text=_("Synonyms and other spellings by which people search, one per line."),
    )
    abbreviation = models.CharField(_("abbreviation"), max_length=20, blank=True)
    definition = models.TextField(_("definition"), blank=True)
    source = models.CharField(_("source of the definition"), max_length=255, blank=True)
    broader = models.ForeignKey(
        "self", verbose_name=_("broader term"), null=True, blank=True, on_delete=models.PROTECT, related_name="narrower"
    )
    related = models.ManyToManyField("self", verbose_name=_("related terms"), blank=True)
    retired = models.BooleanField(
        _("retired"), default=False, help_text=_("Not offered any more. Pages that carry the term keep it.")
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="merged_from",
    )

    objects = ConceptQuerySet.as_manager()

    base_form_class = ConceptForm
    search_fields: ClassVar[list[index.BaseField]] = [index.AutocompleteField("label"), index.FilterField("scheme")]

    class Meta:
        verbose_name = _("concept")
        verbose_name_plural = _("concepts")
        ordering = ("scheme", "label")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["scheme", "label"],
                name="concept_label_unique_in_scheme",
                violation_error_message=_("This scheme has a term with this label already."),
            ),
            models.CheckConstraint(
                condition=~models.Q(broader=models.F("pk")),
                name="concept_not_its_own_broader",
                violation_error_message=_("A term cannot be broader than itself."),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("concept", args=[self.slug])

    def clean(self) -> None:
        """A broader term is of the same scheme and not narrower than this one; raises ValidationError."""
        super().clean()
        if self.broader is None:
            return
        if self.broader.scheme != self.scheme:
            raise ValidationError({"broader": _("Choose a broader term from the same scheme.")})
        above: Concept | None = self.broader
        seen: set[int] = set()
        while above is not None and above.pk not in seen:
            if above.pk == self.pk:
                raise ValidationError({"broader": _("This term is narrower than the one you are editing.")})
            seen.add(above.pk)
            above = above.broader

"""The practice: a described way of working that another municipality can take over."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager

from core.models import BasePage
from keeping.models import KeptPage
from practices.choices import EvidenceLevel
from practices.completeness import IncompletePracticeError, missing_to_publish
from practices.forms import PracticePageForm
from practices.models.parts import PracticeContact, PracticeContext, PracticeCore, PracticeEffort, PracticeEvidence
from practices.panels import practice_edit_handler
from practices.querysets import PracticeManager
from taxonomy.levels import PreventionLevel

LEVEL_FIELDS = {level: f"level_{level.value}" for level in PreventionLevel}


class PracticePage(
    PracticeCore, PracticeContext, PracticeEffort, PracticeEvidence, PracticeContact, KeptPage, BasePage
):
    tags = ClusterTaggableManager(
        through="practices.PracticeTag",
        blank=True,
        verbose_name=_("tags"),
        help_text=_("A few words of your own, besides the vocabulary."),
    )

    objects = PracticeManager()

    base_form_class = PracticePageForm
    edit_handler = practice_edit_handler
    parent_page_types: ClassVar[list[str]] = ["practices.PracticeIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "practices/practice_page.html"
    page_description = _("A way of working that another municipality can take over.")

    class Meta:
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(main_level="")
                | models.Q(main_level="primary", level_primary=True)
                | models.Q(main_level="secondary", level_secondary=True)
                | models.Q(main_level="tertiary", level_tertiary=True),
                name="practice_main_level_is_among_its_levels",
                violation_error_message=_("The main prevention level must be one of the prevention levels."),
            ),
            models.CheckConstraint(
                condition=models.Q(period_start=None)
                | models.Q(period_end=None)
                | models.Q(period_end__gte=models.F("period_start")),
                name="practice_ends_after_it_starts",
                violation_error_message=_("The practice cannot end before it starts."),
            ),
        ]

    @property
    def levels(self) -> list[PreventionLevel]:
        """The main level first, then the others in their own order."""
        chosen = [level for level, field in LEVEL_FIELDS.items() if getattr(self, field)]
        return sorted(chosen, key=lambda level: level != self.main_level)

    @property
    def evidence(self) -> EvidenceLevel:
        return EvidenceLevel(self.evidence_level)

    @property
    def description(self) -> str:
        return self.search_description or strip_tags(self.summary)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """The main level is one of the levels: add it before the constraint looks."""
        if self.main_level in LEVEL_FIELDS:
            setattr(self, f"level_{self.main_level}", True)
        super().full_clean(*args, **kwargs)

    def save(self, clean: bool = True, **kwargs: Any) -> None:
        """A live practice is complete, whichever way it is published; raises IncompletePracticeError."""
        if self.main_level in LEVEL_FIELDS:
            setattr(self, f"level_{self.main_level}", True)
        if clean and self.live:
            self.check_publishable()
        super().save(clean=clean, **kwargs)  # type: ignore[call-arg]  # Page.save, which mypy cannot see

    def check_publishable(self) -> None:
        if missing := missing_to_publish(self):
            raise IncompletePracticeError(self, missing)

    def structured_data(self, request: HttpRequest) -> dict[str, Any]:
        from practices.structured_data import practice_data

        return practice_data(self, request)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from practices.presentation import practice_context

        return {**super().get_context(request, *args, **kwargs), **practice_context(self, request)}

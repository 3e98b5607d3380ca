"""The closed lists of the practice template."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PracticeStatus(models.TextChoices):
    ONGOING = "ongoing", _("ongoing")
    COMPLETED = "completed", _("completed")
    STOPPED = "stopped", _("stopped")


class EvidenceLevel(models.TextChoices):
    """The evidence ladder: four rungs, each standing on the one before."""

    DESCRIBED = "described", _("Described")
    WELL_DESCRIBED = "well_described", _("Well described")
    WELL_FOUNDED = "well_founded", _("Well founded")
    EFFECTIVE = "effective", _("Effective")

    @property
    def rank(self) -> int:
        """1 to 4."""
        return list(EvidenceLevel).index(self) + 1

    @property
    def explanation(self) -> str:
        return str(EVIDENCE_EXPLANATIONS[self])


EVIDENCE_EXPLANATIONS = {
    EvidenceLevel.DESCRIBED: _("What was done is on paper."),
    EvidenceLevel.WELL_DESCRIBED: _("Objective, target group, approach and conditions are clear enough to take over."),
    EvidenceLevel.WELL_FOUNDED: _("Research or theory makes plausible that it works."),
    EvidenceLevel.EFFECTIVE: _("Research has shown that it works."),
}


class ObservedEffect(models.TextChoices):
    UNKNOWN = "unknown", _("not measured")
    POSITIVE = "positive", _("positive effect observed")
    MIXED = "mixed", _("mixed effect observed")
    NONE = "none", _("no effect observed")
    HARM = "harm", _("harm observed")


class MaterialKind(models.TextChoices):
    GUIDE = "guide", _("guide")
    CHECKLIST = "checklist", _("checklist")
    TEMPLATE = "template", _("template")
    FORM = "form", _("form")
    PRESENTATION = "presentation", _("presentation")
    REPORT = "report", _("report")
    OTHER = "other", _("other document")


class Outcome(models.TextChoices):
    """What came of it where another municipality used a practice."""

    WORKED = "worked", _("it worked")
    PARTLY = "partly", _("it worked in part")
    FAILED = "failed", _("it did not work")
    EARLY = "early", _("too early to say")

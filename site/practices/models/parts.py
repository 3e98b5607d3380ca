"""The parts of the practice template, each a mixin; together they make a PracticePage.

What is required is required to *publish*: a field without ``blank=True``. Drafts may be incomplete (Wagtail defers the
check). Source of the template: Flemish Peace Institute, advice on the local approach to violent radicalisation: state
objectives, target groups, preconditions, the type of prevention and the preventive effects aimed at.
"""

from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField, StreamField

from core.blocks import RICH_TEXT_FEATURES, ApproachBlock
from people.models import Organisation
from practices.choices import EvidenceLevel, ObservedEffect, PracticeStatus
from taxonomy.levels import PreventionLevel
from taxonomy.models import Concept, Scheme

SUMMARY_MAX = 600
Text = str | Promise


def rich_text(label: Text, help_text: Text, *, required: bool = False) -> RichTextField:
    return RichTextField(label, help_text=help_text, blank=not required, features=RICH_TEXT_FEATURES)


def concepts(label: Text, help_text: Text, *, scheme: Scheme, required: bool = False) -> ParentalManyToManyField:
    return ParentalManyToManyField(
        Concept,
        verbose_name=label,
        help_text=help_text,
        blank=not required,
        limit_choices_to={"scheme": scheme},
        related_name="+",
    )


class PracticeCore(models.Model):
    """What every published practice states."""

    summary = models.TextField(
        _("summary"),
        validators=[MaxLengthValidator(SUMMARY_MAX)],
        help_text=_("What it is, for whom, and why one would do it. At most 600 characters; shown in lists."),
    )
    main_level = models.CharField(
        _("main prevention level"),
        max_length=10,
        choices=PreventionLevel,
        help_text=_("The level at which most of the work happens."),
    )
    level_primary = models.BooleanField(_("primary"), default=False)
    level_secondary = models.BooleanField(_("secondary"), default=False)
    level_tertiary = models.BooleanField(_("tertiary"), default=False)
    problem = rich_text(
        _("problem it answers"),
        _("Which situation made somebody start this? Describe it without naming persons."),
        required=True,
    )
    objectives = rich_text(
        _("objectives"), _("What must be different afterwards? Concrete enough to check later."), required=True
    )
    target_groups_final = concepts(
        _("final target groups"), _("For whom is it done in the end?"), scheme=Scheme.TARGET_GROUP, required=True
    )
    target_groups_intermediate = concepts(
        _("intermediate target groups"), _("Through whom are they reached?"), scheme=Scheme.TARGET_GROUP
    )
    preconditions = rich_text(
        _("preconditions"), _("What must be in place before one can start: people, agreements, mandate?"), required=True
    )
    intended_effects = rich_text(
        _("intended preventive effects"), _("How does this prevent radicalisation or polarisation?"), required=True
    )
    approach = StreamField(
        ApproachBlock(),
        verbose_name=_("approach in steps"),
        help_text=_("So that a colleague elsewhere can do it too."),
    )
    lessons_learned = rich_text(
        _("lessons learned"), _("What went well, what would you do differently? Failure counts."), required=True
    )

    class Meta:
        abstract = True


class PracticeContext(models.Model):
    """Who plays which part, and where it belongs."""

    local_authority_role = rich_text(_("role of the local authority"), _("How does the municipality take the lead?"))
    partners = rich_text(_("partners"), _("Who else takes part, and with which task?"))
    sectors = concepts(_("sectors"), _("In which fields of work?"), scheme=Scheme.SECTOR)
    forms = concepts(_("forms of extremism"), _("Against which forms is it directed?"), scheme=Scheme.EXTREMISM_FORM)
    livc_phases = concepts(
        _("LIVC-R phase"),
        _("Only for practices about the local cell: which phase does it help?"),
        scheme=Scheme.LIVC_PHASE,
    )
    themes = concepts(_("themes"), _("One to three; they decide where people find the practice."), scheme=Scheme.THEME)
    methods = concepts(_("methods"), _("Which ways of working?"), scheme=Scheme.METHOD)
    core_elements = rich_text(_("core elements"), _("What must stay when another municipality adapts it?"))
    risks = rich_text(_("risks"), _("What can go wrong, and what was done about it?"))
    transferability = rich_text(_("transferability"), _("What does a smaller or larger municipality need to change?"))

    class Meta:
        abstract = True


class PracticeEffort(models.Model):
    """What it asks, and when and where it ran."""

    staff_hours_per_week = models.DecimalField(
        _("staff hours a week"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    one_off_cost = models.PositiveIntegerField(_("one-off cost in euro"), null=True, blank=True)
    yearly_cost = models.PositiveIntegerField(_("yearly cost in euro"), null=True, blank=True)
    effort_explanation = models.TextField(_("explanation of the effort"), blank=True)
    period_start = models.DateField(_("started on"), null=True, blank=True)
    period_end = models.DateField(_("ended on"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=PracticeStatus, blank=True)

    class Meta:
        abstract = True


class PracticeEvidence(models.Model):
    """How well it is known to work."""

    evidence_level = models.CharField(
        _("evidence level"), max_length=20, choices=EvidenceLevel, default=EvidenceLevel.DESCRIBED
    )
    evidence_date = models.DateField(_("assessed on"), null=True, blank=True)
    evidence_assessors = models.CharField(_("assessed by"), max_length=255, blank=True)
    evidence_explanation = models.TextField(_("grounds for the evidence level"), blank=True)
    observed_effect = models.CharField(
        _("observed effect"), max_length=10, choices=ObservedEffect, default=ObservedEffect.UNKNOWN
    )
    observed_effect_explanation = models.TextField(_("explanation of the observed effect"), blank=True)

    class Meta:
        abstract = True


class PracticeContact(models.Model):
    """Whom to call: a role and an organisation before a person."""

    contact_role = models.CharField(_("role of the contact"), max_length=120, blank=True)
    contact_organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation of the contact"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    contact_name = models.CharField(
        _("name of the contact"),
        max_length=120,
        blank=True,
        help_text=_("Only where a role is not enough: people move on."),
    )
    contact_email = models.EmailField(_("e-mail address of the contact"), blank=True)
    contact_phone = models.CharField(_("telephone of the contact"), max_length=40, blank=True)

    class Meta:
        abstract = True


CONCEPT_ROLES: dict[str, Scheme] = {
    "themes": Scheme.THEME,
    "target_groups_final": Scheme.TARGET_GROUP,
    "target_groups_intermediate": Scheme.TARGET_GROUP,
    "sectors": Scheme.SECTOR,
    "forms": Scheme.EXTREMISM_FORM,
    "livc_phases": Scheme.LIVC_PHASE,
    "methods": Scheme.METHOD,
}

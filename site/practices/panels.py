"""The editor's side of a practice: panels in the order in which one thinks."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)

from core.models import BasePage


def term_choices(name: str) -> FieldPanel:
    """Terms to tick; a draft may do without any, whatever publishing asks."""
    widget = forms.CheckboxSelectMultiple(attrs={"class": "concept-choices"})
    return FieldPanel(name, widget=widget, required_on_save=False)


essence = ObjectList(
    [
        HelpPanel(template="practices/admin/essence_help.html"),
        TitleFieldPanel("title", help_text=_("What it is, in about ten words. No number of a measure or a project.")),
        FieldPanel("summary"),
        MultiFieldPanel(
            [
                FieldPanel("main_level", widget=forms.RadioSelect),
                FieldRowPanel(
                    [FieldPanel("level_primary"), FieldPanel("level_secondary"), FieldPanel("level_tertiary")]
                ),
            ],
            heading=_("Prevention levels"),
            help_text=_("Choose the main level, and tick the others at which it works too."),
        ),
        MultiFieldPanel([FieldPanel("problem"), FieldPanel("objectives")], heading=_("Why")),
        MultiFieldPanel(
            [term_choices("target_groups_final"), term_choices("target_groups_intermediate")], heading=_("For whom")
        ),
        MultiFieldPanel(
            [FieldPanel("preconditions"), FieldPanel("intended_effects")], heading=_("What it needs and does")
        ),
    ],
    heading=_("Essence"),
)
approach = ObjectList(
    [
        FieldPanel("approach"),
        FieldPanel("core_elements"),
        FieldPanel("lessons_learned"),
        FieldPanel("risks"),
        FieldPanel("transferability"),
    ],
    heading=_("Approach"),
)
context = ObjectList(
    [
        MultiFieldPanel([FieldPanel("local_authority_role"), FieldPanel("partners")], heading=_("Who does what")),
        MultiFieldPanel(
            [
                term_choices("themes"),
                term_choices("sectors"),
                term_choices("forms"),
                term_choices("livc_phases"),
                term_choices("methods"),
            ],
            heading=_("Where it belongs"),
        ),
        FieldPanel("tags"),
        MultipleChooserPanel("ran_in", chooser_field_name="organisation", label=_("Municipalities where it ran")),
        MultiFieldPanel(
            [FieldPanel("status"), FieldRowPanel([FieldPanel("period_start"), FieldPanel("period_end")])],
            heading=_("Period"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel(
                    [FieldPanel("staff_hours_per_week"), FieldPanel("one_off_cost"), FieldPanel("yearly_cost")]
                ),
                FieldPanel(
                    "effort_explanation",
                    help_text=_("What is counted in, and for how large a town? Leave amounts open that nobody knows."),
                ),
            ],
            heading=_("Effort"),
        ),
    ],
    heading=_("Context and effort"),
)
evidence = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldPanel("evidence_level", widget=forms.RadioSelect),
                FieldRowPanel([FieldPanel("evidence_date"), FieldPanel("evidence_assessors")]),
                FieldPanel("evidence_explanation", help_text=_("On what does this level rest? Name the research.")),
            ],
            heading=_("Evidence"),
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "observed_effect", help_text=_("What was really seen. Harm counts too: it warns a colleague.")
                ),
                FieldPanel("observed_effect_explanation", help_text=_("Who measured it, how, and among whom?")),
            ],
            heading=_("Observed effect"),
        ),
        InlinePanel(
            "references",
            heading=_("Research and evaluation"),
            label=_("Reference"),
            help_text=_("What others found out about this way of working."),
        ),
        InlinePanel(
            "sources",
            heading=_("Sources of this page"),
            label=_("Source"),
            help_text=_("Where a reader can check what stands here."),
        ),
    ],
    heading=_("Evidence"),
)
materials = ObjectList(
    [
        InlinePanel(
            "materials",
            heading=_("Materials"),
            label=_("Material"),
            help_text=_("What a colleague can use at once: a script, a form, a checklist."),
        ),
        MultiFieldPanel(
            [
                FieldPanel(
                    "contact_role", help_text=_("The function of whoever can be called, such as “prevention officer”.")
                ),
                FieldPanel("contact_organisation"),
                FieldPanel("contact_name"),
                FieldRowPanel([FieldPanel("contact_email"), FieldPanel("contact_phone")]),
            ],
            heading=_("Contact"),
        ),
        MultipleChooserPanel("related_links", chooser_field_name="related", label=_("Related practices")),
    ],
    heading=_("Materials and contact"),
)
keeping = ObjectList(
    [
        MultiFieldPanel(
            [FieldPanel("steward"), FieldRowPanel([FieldPanel("confirmed_on"), FieldPanel("review_date")])],
            heading=_("Keeping"),
        ),
        MultiFieldPanel([FieldPanel("withdrawal_reason"), FieldPanel("successor")], heading=_("When it is withdrawn")),
        PublishingPanel(),
        *BasePage.promote_panels,
    ],
    heading=_("Keeping"),
)
practice_edit_handler = TabbedInterface([essence, approach, context, evidence, materials, keeping])

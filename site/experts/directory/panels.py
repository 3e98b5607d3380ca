"""The editor's side of an expert: panels in the order in which one thinks."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)

from core.models import BasePage
from practices.panels import term_choices

who = ObjectList(
    [
        TitleFieldPanel("title", help_text=_("The name of the person or the organisation.")),
        FieldPanel("kind", widget=forms.RadioSelect),
        FieldPanel("organisation"),
        FieldPanel("photo", help_text=_("Without a photo visitors see the initials. Only with consent.")),
        FieldPanel("summary"),
        FieldPanel("biography"),
    ],
    heading=_("Who"),
)
knows = ObjectList(
    [
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("level_primary"), FieldPanel("level_secondary"), FieldPanel("level_tertiary")])],
            heading=_("Prevention levels"),
            help_text=_("At least one to publish."),
        ),
        MultiFieldPanel(
            [term_choices("specialisms"), term_choices("themes"), term_choices("forms")], heading=_("What she knows")
        ),
        MultipleChooserPanel("works", chooser_field_name="page", label=_("Took part in")),
    ],
    heading=_("Knows"),
)
offers = ObjectList(
    [
        InlinePanel(
            "offers",
            heading=_("Offers"),
            label=_("Offer"),
            help_text=_(
                "What a municipality can ask for, how long it takes and what it costs. At least one to publish."
            ),
            panels=[
                FieldPanel("kind"),
                FieldPanel("title"),
                FieldPanel("description"),
                FieldRowPanel([FieldPanel("day_parts"), FieldPanel("group_min"), FieldPanel("group_max")]),
                FieldPanel("languages"),
                FieldPanel("provinces"),
                FieldPanel("online"),
                FieldRowPanel([FieldPanel("municipality_cost"), FieldPanel("pool_cost")]),
            ],
        )
    ],
    heading=_("Offers"),
)
keeping = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("pool_from"), FieldPanel("pool_until")]),
                FieldPanel("expert_successor"),
                FieldPanel("withdrawal_reason"),
            ],
            heading=_("In the pool"),
            help_text=_(
                "After the last day the page stays and says so; nobody can book any more. Unpublished, its address "
                "says so too, without her texts."
            ),
        ),
        MultiFieldPanel(
            [FieldPanel("steward"), FieldRowPanel([FieldPanel("confirmed_on"), FieldPanel("review_date")])],
            heading=_("Keeping"),
        ),
        PublishingPanel(),
        *BasePage.promote_panels,
    ],
    heading=_("Keeping"),
)
expert_edit_handler = TabbedInterface([who, knows, offers, keeping])

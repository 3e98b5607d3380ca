"""The editor's side of an event: panels in the order in which one thinks."""

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
    PageChooserPanel,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)

from core.models import BasePage
from practices.panels import term_choices

what = ObjectList(
    [
        HelpPanel(template="events/directory/admin/help.html"),
        TitleFieldPanel("title", help_text=_("What it is about, in about eight words. No date: that comes by itself.")),
        FieldPanel("kind", widget=forms.RadioSelect),
        FieldPanel("summary"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("level_primary"), FieldPanel("level_secondary"), FieldPanel("level_tertiary")])],
            heading=_("Prevention levels"),
            help_text=_("At least one to publish."),
        ),
        FieldPanel("body"),
        FieldPanel("goals"),
        FieldPanel("preparation"),
        FieldPanel("image"),
    ],
    heading=_("What"),
)
when = ObjectList(
    [
        InlinePanel(
            "sessions",
            heading=_("When and where"),
            label=_("Session"),
            help_text=_(
                "At least one to publish. Times are those of Brussels. A day with parts has a session for each part; a "
                "series of evenings one for each evening. The link to take part online is no part of this page: you "
                "give it at the desk, and only participants get it."
            ),
            panels=[
                FieldPanel("title"),
                FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                FieldPanel("attendance"),
                FieldRowPanel([FieldPanel("venue"), FieldPanel("address")]),
                FieldPanel("accessibility"),
                FieldPanel("description"),
                FieldRowPanel([FieldPanel("choice"), FieldPanel("capacity")]),
            ],
        ),
        MultiFieldPanel(
            [FieldPanel("series"), PageChooserPanel("previous", "events.EventPage")],
            heading=_("Belongs with"),
            help_text=_("A series is made at the desk. A new edition of an earlier event names that event."),
        ),
    ],
    heading=_("When and where"),
)
for_whom = ObjectList(
    [
        FieldPanel("for_whom", help_text=_("In words, such as “prevention officers who begin”. Shown at the top.")),
        MultiFieldPanel([FieldPanel("open_to"), FieldPanel("for_roles")], heading=_("Who may register")),
        MultiFieldPanel([term_choices("sectors"), term_choices("themes"), term_choices("forms")], heading=_("Terms")),
    ],
    heading=_("For whom"),
)
registration = ObjectList(
    [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("capacity"), FieldPanel("per_organisation")]),
                FieldPanel("has_waiting_list"),
                FieldPanel("price"),
            ],
            heading=_("Places and price"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("registration_opens_at"), FieldPanel("registration_closes_at")]),
                FieldPanel("cancel_until"),
            ],
            heading=_("Until when"),
            help_text=_("All may stay empty."),
        ),
        FieldPanel("conditions"),
        InlinePanel(
            "questions",
            heading=_("Questions"),
            label=_("Question"),
            help_text=_("Ask only what you need. Diet and accessibility are about health: keep them briefly."),
            panels=[
                FieldPanel("text"),
                FieldPanel("help_text"),
                FieldPanel("kind"),
                FieldPanel("options"),
                FieldRowPanel([FieldPanel("required"), FieldPanel("kept_days")]),
            ],
        ),
    ],
    heading=_("Registration"),
)
who = ObjectList(
    [
        InlinePanel(
            "leaders",
            heading=_("Who leads"),
            label=_("Leader"),
            help_text=_("An expert of the pool gets a link to her page; and may see who comes, to tick who is there."),
            panels=[PageChooserPanel("expert", "experts.ExpertPage"), FieldPanel("name"), FieldPanel("description")],
        ),
        MultipleChooserPanel(
            "related",
            chooser_field_name="page",
            heading=_("What we use"),
            label=_("Page"),
            help_text=_("Practices and guides. Their pages then name this event too."),
        ),
    ],
    heading=_("Who and with what"),
)
afterwards = ObjectList(
    [
        HelpPanel(template="events/directory/admin/afterwards_help.html"),
        FieldPanel("looking_back"),
        FieldPanel("learnt"),
        MultipleChooserPanel("materials", chooser_field_name="document", label=_("Material")),
        FieldPanel("recording_url"),
        MultipleChooserPanel(
            "photos",
            chooser_field_name="image",
            label=_("Photo"),
            help_text=_("Only with the consent of whoever can be recognised."),
        ),
    ],
    heading=_("Afterwards"),
)
keeping = ObjectList(
    [
        MultiFieldPanel(
            [FieldPanel("steward"), FieldRowPanel([FieldPanel("confirmed_on"), FieldPanel("review_date")])],
            heading=_("Keeping"),
        ),
        PublishingPanel(),
        *BasePage.promote_panels,
    ],
    heading=_("Keeping"),
)
event_edit_handler = TabbedInterface([what, when, for_whom, registration, who, afterwards, keeping])

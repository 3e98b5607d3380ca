"""The editor's side of an event: panels in the order in which one thinks."""

from wagtail.admin.panels import FieldPanel, ObjectList, PublishingPanel, TabbedInterface, TitleFieldPanel

from core.models import BasePage

event_edit_handler = TabbedInterface(
    [
        ObjectList([TitleFieldPanel("title"), FieldPanel("kind"), FieldPanel("summary")]),
        ObjectList([PublishingPanel(), *BasePage.promote_panels]),
    ]
)

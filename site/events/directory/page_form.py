"""The editor's form of an event. The models import this module: it imports none of them."""

from wagtail.admin.forms import WagtailAdminPageForm


class EventPageForm(WagtailAdminPageForm):
    pass

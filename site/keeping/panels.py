"""What keeping shows on the dashboard: what is still to be written."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from wagtail.admin.ui.components import Component

from keeping.models import WritingWish

SHOWN = 6


class WishesPanel(Component):
    name = "wishes"
    template_name = "keeping/admin/wishes_panel.html"
    order = 60

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        wishes = WritingWish.objects.filter(state__in=WritingWish.UNDECIDED).select_related("writer")
        return {
            "wishes": wishes[:SHOWN],
            "count": wishes.count(),
            "list_url": reverse("writing_wishes:list"),
            "add_url": reverse("writing_wishes:add"),
        }

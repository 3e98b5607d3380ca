"""On the dashboard: what membership asks of VVSG."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.ui.components import Component

from people.admin_views.members import ownerless
from people.models import LivcMembership, Membership
from people.services.livc import REMIND_BEFORE


class MembersPanel(Component):
    """Requests that wait, LIVC-R memberships that end soon, things that nobody answers for."""

    name = "members"
    template_name = "people/admin/panel.html"
    order = 40

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        soon = LivcMembership.objects.valid().filter(valid_until__lte=timezone.localdate() + REMIND_BEFORE)
        return {
            "waiting_count": Membership.objects.waiting().count(),
            "soon_count": soon.count(),
            "ownerless_count": len(ownerless()),
        }

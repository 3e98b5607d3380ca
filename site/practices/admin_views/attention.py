"""The dashboard: what needs somebody's attention, with a way to do it at once."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.models import TaskState
from wagtail.permissions import page_permission_policy

from keeping.services import may_confirm
from people.models import User
from practices.completeness import Overview, overviews
from practices.models import PracticePage
from practices.querysets import PracticeQuerySet

SHOWN = 8
DRAFTS_LOOKED_AT = 200


class Draft(NamedTuple):
    page: PracticePage
    overview: Overview


class Due(NamedTuple):
    page: PracticePage
    may_confirm: bool


def practices_for(user: User) -> PracticeQuerySet:
    """The practices that somebody may edit."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    return PracticePage.objects.filter(pk__in=pages.values("pk"))  # type: ignore[no-any-return]


def incomplete_drafts(user: User) -> list[Draft]:
    """Drafts that were never public and still miss something, the least complete first."""
    drafts = practices_for(user).filter(live=False, first_published_at__isnull=True)
    pages = list(drafts.order_by("-latest_revision_created_at")[:DRAFTS_LOOKED_AT])
    found = overviews(pages)
    rows = [Draft(page, found[page.pk]) for page in pages if not found[page.pk].complete]
    return sorted(rows, key=lambda row: row.overview.percent)


class AttentionPanel(Component):
    """Three lists: waiting for my review, incomplete drafts, review date passed."""

    name = "attention"
    template_name = "practices/admin/attention.html"
    order = 50

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        user = self.request.user
        assert isinstance(user, User)  # noqa: S101  # the admin has signed-in users only
        due = practices_for(user).review_due().select_related("steward").order_by("review_date")
        drafts = incomplete_drafts(user)
        today = timezone.localdate().isoformat()
        return {
            "request": self.request,
            "csrf_token": parent_context.get("csrf_token", ""),
            "waiting_count": TaskState.objects.reviewable_by(user).count(),
            "waiting_url": reverse("wagtailadmin_reports:workflow_tasks") + "?reviewable=true",
            "due": [Due(page, may_confirm(page, user)) for page in due[:SHOWN]],
            "due_count": due.count(),
            "due_url": f"{reverse('practice_report')}?live=true&review_before={today}&ordering=review_date",
            "drafts": drafts[:SHOWN],
            "draft_count": len(drafts),
            "drafts_url": f"{reverse('practice_report')}?live=false&complete=false&ordering=percent",
        }

"""Changes that keep knowledge true."""

import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from keeping.models import KeptPage, WritingWish
from people.models import User

SUBJECT_MAX = 200


class KeepingError(Exception):
    """A step of keeping that cannot be taken; the message says why."""


def a_year_after(day: datetime.date) -> datetime.date:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)


def may_confirm(page: Page, user: User) -> bool:
    """Whoever may publish the page, and its steward as long as she may edit it."""
    permissions = page.permissions_for_user(user)
    return permissions.can_publish() or (permissions.can_edit() and getattr(page, "steward_id", None) == user.pk)


@transaction.atomic
def confirm(*, page: KeptPage, by: User, today: datetime.date | None = None) -> datetime.date:
    """Say that a live page is still right: confirmed today, to be reviewed in a year. Answers the new review date.

    Both the live page and its revisions that are waiting get the dates, so that publishing a draft later does not bring
    the old ones back; nothing else of a draft is published. Raises KeepingError for a page that is not live.
    """
    today = today or timezone.localdate()
    locked: Any = type(page)._default_manager.select_for_update().get(pk=page.pk)
    if not locked.live:
        raise KeepingError(_("Only a published page can be confirmed."))
    locked.confirmed_on, locked.review_date = today, a_year_after(today)
    locked.save(update_fields=["confirmed_on", "review_date"], clean=False)
    dates = {"confirmed_on": today.isoformat(), "review_date": locked.review_date.isoformat()}
    wanted = Q(pk__in=[locked.latest_revision_id, locked.live_revision_id]) | Q(approved_go_live_at__isnull=False)
    for revision in Revision.objects.for_instance(locked).filter(wanted):
        revision.content |= dates
        revision.save(update_fields=["content"])
    log(instance=locked, action="keeping.confirm", user=by)
    return locked.review_date  # type: ignore[no-any-return]


@transaction.atomic
def note_wish(*, subject: str, reason: str, by: User) -> WritingWish:
    """Note that something should be written, and why."""
    wish = WritingWish.objects.create(subject=subject[:SUBJECT_MAX], reason=reason)
    log(instance=wish, action="wagtail.create", user=by)
    return wish


@transaction.atomic
def start_anew(*, page: KeptPage) -> None:
    """Of a copy: nobody confirmed or withdrew it yet. The steward and the review date go along."""
    blank: dict[str, Any] = {"confirmed_on": None, "withdrawal_reason": "", "successor": None}
    kept: Any = page
    for name, value in blank.items():
        setattr(kept, name, value)
    kept.save(update_fields=[*blank], clean=False)
    for revision in Revision.objects.for_instance(kept):
        revision.content |= blank
        revision.save(update_fields=["content"])

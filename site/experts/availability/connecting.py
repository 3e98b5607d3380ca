"""What availability tells the rooms below, once, when the app is ready."""

from typing import Any

from django.db.models.signals import post_delete

from core import generation_watch
from experts.availability import retention
from experts.availability.asking import unread_calendars
from experts.models import ExpertAccount
from people import my_page


def connect() -> None:
    # Written every hour and with every booking; pages that show them are never kept (`{% free_table %}`).
    generation_watch.ignore(
        "experts_availabilityexception",
        "experts_availabilityrules",
        "experts_bookeddaypart",
        "experts_busytime",
        "experts_calendarsource",
        "experts_weeklydaypart",
    )
    retention.connect()
    my_page.ask("availability", unread_calendars)
    post_delete.connect(_close_feed, sender=ExpertAccount, dispatch_uid="availability_feed")


def _close_feed(instance: ExpertAccount, **_kwargs: Any) -> None:
    """Who no longer acts for an expert knew the address of her feed."""
    from experts.availability.services import renew_feed

    renew_feed(instance.expert_id)

"""Changes of what an expert said about her time. Her own calendar is in `reading.services`."""

from collections.abc import Collection

from django.db import transaction

from experts.models import AvailabilityRules, ExpertPage, WeeklyDayPart
from experts.models.availability import new_secret


def rules_of(expert: ExpertPage) -> AvailabilityRules:
    """Hers, or the ordinary ones, which are hers from then on: they hold what the address of her feed is made of."""
    rules, _made = AvailabilityRules.objects.get_or_create(expert=expert)
    return rules


def week_of(expert: ExpertPage) -> list[str]:
    """As the form writes it: `0-morning` is Monday morning."""
    return [f"{row.weekday}-{row.day_part}" for row in expert.weekly.all()]


@transaction.atomic
def save_week(expert: ExpertPage, chosen: Collection[tuple[int, str]]) -> None:
    AvailabilityRules.objects.select_for_update().filter(expert=expert).first()  # two tabs take their turn
    rows = {(row.weekday, row.day_part): row for row in expert.weekly.all()}
    WeeklyDayPart.objects.filter(pk__in=[row.pk for key, row in rows.items() if key not in chosen]).delete()
    WeeklyDayPart.objects.bulk_create(
        (WeeklyDayPart(expert=expert, weekday=day, day_part=part) for day, part in sorted(set(chosen) - set(rows))),
        ignore_conflicts=True,
    )


def renew_feed(expert_id: int) -> None:
    """A new address for the feed of this expert: the old one answers nobody any more."""
    AvailabilityRules.objects.filter(expert=expert_id).update(feed_nonce=new_secret())

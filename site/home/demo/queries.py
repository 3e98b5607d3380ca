"""Made-up searches for the demo, so that the report of what readers search for has something to show.

Nobody asked these; the site counts real ones beside them. The words that find nothing are plausible gaps.
"""

import datetime
from typing import NamedTuple

from django.utils import timezone

from search.log.models import AskedSearch

NOTE = "demovoorbeeld"  # in one of the words, so that whoever reads the report sees that it is made up


class DemoQuery(NamedTuple):
    """`days` are days ago, with how often it was asked; `hits` and `opened` as on the last of them."""

    text: str
    days: dict[int, int]
    hits: int
    opened: int
    filters: str = ""


DEMO_QUERIES = (
    DemoQuery("beroepsgeheim", {1: 3, 4: 2, 9: 4, 16: 2, 40: 5}, 11, 9),
    DemoQuery("livc-r opstarten", {2: 4, 8: 2, 21: 3}, 14, 6),
    DemoQuery("terugkeerders", {3: 2, 12: 3, 75: 2}, 6, 4),
    DemoQuery("intervisie", {1: 2, 19: 1}, 8, 2),
    DemoQuery("ouders ondersteunen", {5: 2, 25: 2}, 12, 3),
    DemoQuery("", {2: 3, 13: 2}, 9, 2, "thema=polarisatie"),
    DemoQuery("incels", {2: 4, 6: 3, 15: 2}, 0, 0),
    DemoQuery("gokverslaving", {4: 2, 18: 1}, 0, 0),
    DemoQuery("soevereinen", {3: 3, 11: 2, 60: 1}, 0, 0),
    DemoQuery("deepfake", {7: 2}, 0, 0, "niveau=primary"),
    DemoQuery("sociale media in de klas", {5: 3, 14: 2}, 18, 0),
    DemoQuery("subsidie aanvragen", {6: 4, 20: 3}, 21, 0),
    DemoQuery(f"{NOTE} van een zoekvraag", {1: 1}, 2, 0),
)


def load_queries() -> int:
    """Once: what an editor or the pruning took away stays away. Answers the number of rows made."""
    if AskedSearch.objects.filter(text__startswith=NOTE).exists():
        return 0
    today = timezone.localdate()
    rows = [
        AskedSearch(
            day=today - datetime.timedelta(days=ago),
            text=query.text,
            filters=query.filters,
            asked=asked,
            opened=query.opened if ago == min(query.days) else 0,
            hits=query.hits,
            fewest=query.hits,
        )
        for query in DEMO_QUERIES
        for ago, asked in query.days.items()
    ]
    return len(AskedSearch.objects.bulk_create(rows, ignore_conflicts=True))

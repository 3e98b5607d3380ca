"""The public holidays of Belgium, by day, with their Dutch names."""

import datetime
from functools import lru_cache


def name_of_holiday(day: datetime.date) -> str:
    """Empty: an ordinary day."""
    return _of_year(day.year).get(day, "")


@lru_cache(maxsize=16)
def _of_year(year: int) -> dict[datetime.date, str]:
    import holidays  # reads many countries' words: only where it is needed

    return dict(holidays.country_holidays("BE", years=year, language="nl"))

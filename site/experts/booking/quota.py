"""What a municipality and the pool used, hold and have left in a year (decision 17).

A `Charge` is what a booking takes of one year, from the moment it is sent until it is given back. While several days
are possible it is, for each year, the most that any of them would take: whichever is chosen then fits. A day-part is
counted for every expert. Without a `PoolYear`, or without a quota for the size class, there is nothing to check: the
municipality may ask, and VVSG is told (`unset`).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from experts.booking.exceptions import BudgetExceeded, QuotaExceeded
from experts.choices import AGREED, DONE
from experts.day_parts import Slot
from experts.models import Allowance, Booking, Charge, PoolYear
from people.models import Organisation

CENT = Decimal("0.01")
USED = Q(booking__state__in=(*AGREED, *DONE))


@dataclass(frozen=True)
class Standing:
    """Day-parts of a municipality, or euro of the pool, in one year. `total` is None where nothing is set."""

    year: int
    used: Decimal
    held: Decimal
    total: Decimal | None

    @property
    def left(self) -> Decimal | None:
        return None if self.total is None else max(self.total - self.used - self.held, Decimal(0))

    @property
    def over(self) -> bool:
        return self.total is not None and self.used + self.held > self.total


def standing(organisation: Organisation, year: int) -> Standing:
    """Of a municipality, in day-parts."""
    charges = Charge.objects.filter(year=year, booking__organisation=organisation)
    return Standing(year, *_sums(charges, "day_parts"), _quota(organisation, year))


def pool_standing(year: int) -> Standing:
    """Of the pool, in euro."""
    pool_year = PoolYear.objects.filter(year=year).first()
    total = None
    if pool_year is not None:
        total = pool_year.budget + _sum(Allowance.objects.filter(pool_year=pool_year), "euro")
    return Standing(year, *_sums(Charge.objects.filter(year=year), "euro"), total)


def unset(organisation: Organisation, years: Iterable[int]) -> list[int]:
    """The years for which VVSG set no budget, or no quota for a municipality of this size."""
    return [year for year in sorted(set(years)) if _quota(organisation, year) is None]


def years_of(booking: Booking) -> list[int]:
    return sorted(booking.charges.values_list("year", flat=True))


def charge(booking: Booking, options: Iterable[Sequence[Slot]], *, experts: int = 1, strict: bool = False) -> None:
    """Write what the booking takes of each year; raises QuotaExceeded or BudgetExceeded. Only within a transaction.

    Unless `strict`, what it held already stays allowed, and only taking more can be too much.
    """
    taken = _taken(booking, [sorted(option) for option in options], max(experts, 1))
    list(PoolYear.objects.select_for_update().filter(year__in=taken).order_by("year"))
    old = {row.year: row for row in booking.charges.all()}
    booking.charges.all().delete()
    rows = [Charge(booking=booking, year=year, day_parts=taken[year][0], euro=taken[year][1]) for year in sorted(taken)]
    Charge.objects.bulk_create(rows)
    for row in rows:
        _check(booking.organisation, row, None if strict else old.get(row.year))


def give_back(booking: Booking) -> None:
    booking.charges.all().delete()


def _check(organisation: Organisation, row: Charge, before: Charge | None) -> None:
    """What was held already stays allowed: only taking more can be too much."""
    mine, pool = standing(organisation, row.year), pool_standing(row.year)
    words: dict[str, Any] = {"year": row.year, "organisation": organisation}
    if mine.over and (before is None or row.day_parts > before.day_parts):
        raise QuotaExceeded(
            _(
                "%(organisation)s has not enough day-parts left in %(year)s: %(left)s, and this takes %(wanted)s. "
                "Ask VVSG whether more is possible."
            )
            % {**words, "left": _before(mine, row.day_parts), "wanted": row.day_parts}
        )
    if pool.over and (before is None or row.euro > before.euro):
        raise BudgetExceeded(
            _("The budget of the pool for %(year)s is used up. Ask VVSG whether more is possible.") % words
        )


def _before(standing: Standing, taken: int) -> int:
    """What was left before this was taken."""
    total = standing.total or Decimal(0)
    return max(int(total - standing.used - standing.held) + taken, 0)


def _quota(organisation: Organisation, year: int) -> Decimal | None:
    pool_year = PoolYear.objects.filter(year=year).prefetch_related("quotas").first()
    if pool_year is None:
        return None
    by_class = {quota.size_class: quota.day_parts for quota in pool_year.quotas.all()}
    day_parts = by_class.get(organisation.size_class, by_class.get(""))
    if day_parts is None:
        return None
    return day_parts + _sum(Allowance.objects.filter(pool_year=pool_year, organisation=organisation), "day_parts")


def _sum(rows: Any, field: str) -> Decimal:
    return Decimal(rows.aggregate(total=Sum(field))["total"] or 0)


def _sums(charges: Any, field: str) -> tuple[Decimal, Decimal]:
    found = charges.aggregate(used=Sum(field, filter=USED), held=Sum(field, filter=~USED))
    return Decimal(found["used"] or 0), Decimal(found["held"] or 0)


def _taken(booking: Booking, options: Sequence[Sequence[Slot]], experts: int) -> dict[int, tuple[int, Decimal]]:
    """Day-parts and euro of each year: the most that an option takes. Without options: the booking, this year."""
    if not options:
        return {timezone.localdate().year: (booking.day_parts * experts, booking.pool_cost)}
    by_option = [_shares(Counter(slot.day.year for slot in option), booking.pool_cost) for option in options]
    nothing = (0, Decimal(0))
    return {
        year: (
            max(shares.get(year, nothing)[0] for shares in by_option) * experts,
            max(shares.get(year, nothing)[1] for shares in by_option),
        )
        for year in {year for shares in by_option for year in shares}
    }


def _shares(counts: Counter[int], cost: Decimal) -> dict[int, tuple[int, Decimal]]:
    """The cost of one option over the years by their day-parts; the last year takes the odd cent."""
    shares, left = {}, cost
    for year in sorted(counts):
        euro = left if year == max(counts) else (cost * counts[year] / counts.total()).quantize(CENT)
        shares[year] = (counts[year], euro)
        left -= euro
    return shares

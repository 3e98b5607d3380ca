"""Who can take a booking: what fits, who is free on which of the days, who was asked least, who answers soon."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from experts.availability.freedom import free_slots
from experts.choices import Answer, Language, Place
from experts.models import Booking, BookingExpert, BookingOption, ExpertOffer, ExpertPage
from taxonomy.levels import PreventionLevel
from taxonomy.models import Scheme

DAY = datetime.timedelta(days=1)


@dataclass
class Criterion:
    """Something the booking asks for, and whether this expert has it."""

    label: Any
    fits: bool


@dataclass
class Match:
    expert: ExpertPage
    criteria: list[Criterion]
    free: list[bool]  # in the order of the options
    asked: int
    accepted: int
    answer_days: float | None
    languages: list[str]
    is_asked: bool = False
    has_refused: bool = False

    @property
    def fits(self) -> int:
        return sum(criterion.fits for criterion in self.criteria)

    @property
    def order(self) -> tuple[Any, ...]:
        """Those who refused last; then by what fits, on how many of the days, and who was asked least."""
        return (self.has_refused, -self.fits, -sum(self.free), self.asked, self.answer_days or 0, self.expert.title)


def options_of(booking: Booking) -> list[BookingOption]:
    """The possibilities that are still to come."""
    today = timezone.localdate()
    rows = booking.options.filter(moving=False).prefetch_related("day_parts")
    return [row for row in rows if row.slots and row.slots[0].day >= today]


def matches(booking: Booking) -> list[Match]:
    """Every expert of the pool, those who fit best first. A fixed number of queries."""
    options = options_of(booking)
    experts = _experts()
    free = _free(booking, experts, options)
    themes = {concept.pk: concept for concept in booking.themes.all()}
    history = _history()
    rows = dict(booking.asked.values_list("expert_id", "answer"))
    found = []
    for expert in experts:
        asked, accepted, average = history.get(expert.pk, (0, 0, None))
        found.append(
            Match(
                expert=expert,
                criteria=list(_criteria(booking, expert, themes)),
                free=[set(option.slots) <= free[expert.pk] for option in options],
                asked=asked,
                accepted=accepted,
                answer_days=average / DAY if average is not None else None,
                languages=_languages(expert),
                is_asked=rows.get(expert.pk) in (Answer.WAITING, Answer.ACCEPTED),
                has_refused=rows.get(expert.pk) == Answer.REFUSED,
            )
        )
    return sorted(found, key=lambda match: match.order)


def _experts() -> list[ExpertPage]:
    today = timezone.localdate()
    pool = ExpertPage.objects.live().filter(Q(pool_until=None) | Q(pool_until__gte=today), pool_from__isnull=False)
    return list(
        pool.select_related("organisation").prefetch_related(
            Prefetch("offers", ExpertOffer.objects.order_by("sort_order")), "themes", "forms"
        )
    )


def _free(booking: Booking, experts: list[ExpertPage], options: list[BookingOption]) -> dict[int, set[Any]]:
    """What each is free on, from the first to the last of the days asked; what the booking holds itself is free."""
    days = [slot.day for option in options for slot in option.slots]
    if not days:
        return defaultdict(set)
    where = {"place": booking.place, "province": booking.organisation.province}
    return free_slots(experts, min(days), max(days), ignoring=booking, urgent=booking.is_urgent, **where)


def _criteria(booking: Booking, expert: ExpertPage, themes: dict[int, Any]) -> Any:
    offers = [offer for offer in expert.offers.all() if offer.kind == booking.offer_kind]
    yield Criterion(booking.get_offer_kind_display(), bool(offers))
    offers = offers or list(expert.offers.all())  # who offers something else speaks Dutch no less
    has = {concept.pk for concept in (*expert.themes.all(), *expert.forms.all())}
    for pk, concept in themes.items():
        if concept.scheme in (Scheme.THEME, Scheme.EXTREMISM_FORM):
            yield Criterion(concept.label, pk in has)
    if booking.level:
        level = PreventionLevel(booking.level)
        yield Criterion(level.label, getattr(expert, f"level_{level.value}"))
    if booking.place == Place.ONLINE:
        yield Criterion(_("online"), any(offer.online for offer in offers))
    elif province := booking.organisation.province:
        fits = any(province in offer.provinces or not offer.provinces for offer in offers)
        yield Criterion(booking.organisation.get_province_display(), fits)
    yield Criterion(Language.DUTCH.label, any(Language.DUTCH in offer.languages for offer in offers))
    if booking.group_size:
        yield Criterion(_("size of the group"), any(_takes(offer, booking.group_size) for offer in offers))


def _takes(offer: ExpertOffer, size: int) -> bool:
    return (offer.group_min or 0) <= size <= (offer.group_max or size)


def _languages(expert: ExpertPage) -> list[str]:
    return list(dict.fromkeys(name for offer in expert.offers.all() for name in offer.language_names))


def _history() -> dict[int, tuple[int, int, datetime.timedelta | None]]:
    """Of this year, for each expert: how often asked, how often she accepted, and how long an answer took."""
    took = ExpressionWrapper(F("answered_at") - F("asked_at"), output_field=DurationField())
    rows = (
        BookingExpert.objects.filter(asked_at__year=timezone.localdate().year)
        .order_by()
        .values("expert")
        .annotate(
            asked=Count("pk"),
            accepted=Count("pk", filter=Q(answer=Answer.ACCEPTED)),
            took=Avg(took, filter=Q(answered_at__isnull=False)),
        )
    )
    return {row["expert"]: (row["asked"], row["accepted"], row["took"]) for row in rows}

"""The expert pool: the directory, availability, bookings, quota and budget, what comes after, VVSG's desk."""

from experts.models.afterwards import AskedAfterwards, DeliveryReport, Evaluation, SharedLesson
from experts.models.availability import (
    AvailabilityException,
    AvailabilityRules,
    BusyTime,
    CalendarSource,
    WeeklyDayPart,
)
from experts.models.bookings import (
    BookedDayPart,
    Booking,
    BookingEvent,
    BookingExpert,
    BookingOption,
    OptionDayPart,
)
from experts.models.budget import Allowance, Charge, PoolYear, Quota
from experts.models.desk import GroupAnswer, GroupQuestion
from experts.models.offers import ExpertOffer, ExpertWork
from experts.models.pages import ExpertIndexPage, ExpertPage
from experts.models.people import ExpertAccount, ExpertPrivate, ExpertReference

__all__ = [
    "Allowance",
    "AskedAfterwards",
    "AvailabilityException",
    "AvailabilityRules",
    "BookedDayPart",
    "Booking",
    "BookingEvent",
    "BookingExpert",
    "BookingOption",
    "BusyTime",
    "CalendarSource",
    "Charge",
    "DeliveryReport",
    "Evaluation",
    "ExpertAccount",
    "ExpertIndexPage",
    "ExpertOffer",
    "ExpertPage",
    "ExpertPrivate",
    "ExpertReference",
    "ExpertWork",
    "GroupAnswer",
    "GroupQuestion",
    "OptionDayPart",
    "PoolYear",
    "Quota",
    "SharedLesson",
    "WeeklyDayPart",
]

"""Called once, when the app is ready."""

from core.generation_watch import ignore
from experts.booking import mine, personal_data
from experts.booking.handing_over import BookingProvider
from experts.models import (
    BookedDayPart,
    Booking,
    BookingEvent,
    BookingExpert,
    BookingOption,
    Charge,
    OptionDayPart,
)
from people import holdings


def connect() -> None:
    personal_data.connect()
    mine.connect()
    holdings.register(BookingProvider())
    for model in (BookedDayPart, Booking, BookingEvent, BookingExpert, BookingOption, Charge, OptionDayPart):
        ignore(model._meta.db_table)
    ignore(Booking.themes.through._meta.db_table)

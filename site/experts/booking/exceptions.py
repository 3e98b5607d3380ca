"""Why a booking cannot be changed. Each message is for the person who tried."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from experts.day_parts import Slot


class BookingError(Exception):
    """A step that cannot be taken; the message says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class StaleBooking(BookingError):  # noqa: N818  # what it says is a state of affairs, as `Http404`
    """Somebody changed the booking since it was shown."""


class NotAllowed(BookingError):  # noqa: N818
    """Not by this person."""


class SlotTaken(BookingError):  # noqa: N818
    """A day-part is somebody else's; `alternatives` are the nearest free ones, each a list of day-parts.

    `whose` names the expert where several come together.
    """

    def __init__(self, taken: Sequence[Slot], alternatives: Sequence[Sequence[Slot]] = (), whose: str = "") -> None:
        words = "; ".join(slot.in_words for slot in taken)
        message = _("This is no longer free: %(slots)s.") % {"slots": words} if words else _("This is no longer free.")
        if alternatives:
            offered = " / ".join(", ".join(slot.in_words for slot in option) for option in alternatives)
            message = f"{message} {_('The nearest that is free: %(slots)s.') % {'slots': offered}}"
        super().__init__(f"{whose}: {message}" if whose else message)
        self.taken = list(taken)
        self.alternatives = [list(option) for option in alternatives]


class QuotaExceeded(BookingError):  # noqa: N818
    """The municipality has no day-parts left in a year."""


class BudgetExceeded(BookingError):  # noqa: N818
    """The pool has no euro left in a year."""

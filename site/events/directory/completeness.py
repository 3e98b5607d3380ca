"""What an event needs before visitors see it: a prevention level and a date. Its model imports this module."""

from typing import TYPE_CHECKING

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from events.directory.page_sessions import check_sessions
from experts.directory.completeness import LEVELS, no_level

if TYPE_CHECKING:
    from events.models import EventPage


class IncompleteEventError(ValidationError):
    """An event was about to be published that nobody can come to; says what is missing."""

    def __init__(self, page: "EventPage", missing: dict[str, str]) -> None:
        super().__init__(dict(missing))
        self.subject = page.title


def missing_to_publish(page: "EventPage") -> dict[str, str]:
    """Field name → message, for what is lacking. Whether sessions fit together is asked by the form alone."""
    missing = {}
    if not page.levels:
        missing[LEVELS[0]] = no_level()
    if not page.sessions.all():  # type: ignore[attr-defined]  # a relation by name, which mypy cannot see
        missing[NON_FIELD_ERRORS] = next(check_sessions([]))
    return missing

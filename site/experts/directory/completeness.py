"""What an expert needs before visitors see her: a prevention level and an offer. Her model imports this module."""

from typing import TYPE_CHECKING

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from practices.models.practice import LEVEL_FIELDS

if TYPE_CHECKING:
    from experts.models import ExpertPage

LEVELS = tuple(LEVEL_FIELDS.values())


class IncompleteExpertError(ValidationError):
    """An expert without level or offer was about to be published; says what is missing."""

    def __init__(self, page: "ExpertPage", missing: dict[str, str]) -> None:
        super().__init__(dict(missing))
        self.subject = page.title


def no_level() -> str:
    return _("Choose at least one prevention level.")


def no_offer() -> str:
    return _("Add at least one offer: without one nobody can ask for anything.")


def missing_to_publish(page: "ExpertPage") -> dict[str, str]:
    """Field name → message, for what is lacking."""
    missing = {}
    if not page.levels:
        missing[LEVELS[0]] = no_level()
    if not page.offers.exists():  # type: ignore[attr-defined]  # a relation by name, which mypy cannot see
        missing[NON_FIELD_ERRORS] = no_offer()
    return missing

"""What a line of history says changed, in words: it is stored as codes."""

import datetime
import re

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from people.models import MembershipEvent, MembershipState, Role

Kind = MembershipEvent.Kind
WORDS = {
    Kind.STATE: dict(MembershipState.choices),
    Kind.ROLES: dict(Role.choices),
    Kind.LIVC: dict(MembershipState.choices),
}
_UNTIL = re.compile(r"granted until (\d{4}-\d{2}-\d{2})")


def in_words(kind: str, codes: str) -> str:
    """Codes of states and roles as people call them, days as they write them; names stand as they are."""
    words = WORDS.get(Kind(kind), {})
    return ", ".join(str(words.get(code) or _day(code)) for code in codes.split(", ")) if codes else ""


def guessed(codes: str) -> str | None:
    """The same where the kind is not known: None for what is no such code."""
    for kind, words in WORDS.items():
        if all(code in words or _UNTIL.fullmatch(code) for code in codes.split(", ")):
            return in_words(kind, codes)
    return None


def _day(code: str) -> str:
    """Until when somebody is in a LIVC-R circle."""
    found = _UNTIL.fullmatch(code)
    if found is None:
        return code
    return _("until %(day)s") % {"day": date_format(datetime.date.fromisoformat(found[1]), "j F Y")}

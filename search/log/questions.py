"""What counts as one question: the words and the filters, without order, page or anything about who asked."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict

from search.language import normalise

MAXIMUM_WORDS = 120  # characters
MAXIMUM_FILTERS = 400  # characters of a query string

_AT_THE_EDGES = " .,;:!?"
# Whatever may point at one person is not counted at all: better a question lost than a number kept.
_PERSONAL = re.compile(
    r"""
      [^\s@]+\s?@\s?[^\s@]+\.\w                     # e-mail address
    | \d{6}                                         # number of a file, a client, a telephone
    | (?:\d[\s./()+-]{0,2}){8}\d                    # telephone, national register, account
    | \b\d{1,2}[\s./-]\d{1,2}[\s./-](?:19|20)?\d{2}\b  # a day: of birth, mostly
    | \b[a-z]{2}\d{2}(?:\s?[a-z\d]{4}){3}           # IBAN
    | \b[1-9](?P<dash>-?)[a-z]{3}(?P=dash)\d{3}\b   # number plate
    """,
    re.VERBOSE | re.IGNORECASE,
)
_filters: list[Callable[[], Iterable[str]]] = []


class Question(NamedTuple):
    """Words as typed, in small letters, and a query string of the filters in alphabetical order."""

    text: str
    filters: str = ""


def register_filters(names: Callable[[], Iterable[str]]) -> None:
    """Let an app name the parameters that are filters; others in an address are not looked at."""
    if names not in _filters:
        _filters.append(names)


def question_of(params: QueryDict) -> Question | None:
    """What an address asks; None where it asks nothing, or what must not be kept."""
    text = normalise((params.get("q") or "")[:1000]).lower().strip(_AT_THE_EDGES)[:MAXIMUM_WORDS].rstrip()
    known = {name for names in _filters for name in names()}
    pairs = {(name, normalise(value[:200])) for name in known for value in params.getlist(name)}
    chosen = sorted(pair for pair in pairs if pair[1])
    filters = urlencode(chosen)
    if not (text or filters) or len(filters) > MAXIMUM_FILTERS:
        return None
    if any(is_personal(words) for words in (text, *(value for _name, value in chosen))):
        return None
    return Question(text, filters)


def is_personal(text: str) -> bool:
    """Whether words look like an address, a number or a date that belongs to a person."""
    return _PERSONAL.search(text) is not None

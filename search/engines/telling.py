"""What a document says in which words: for finding documents like it."""

from collections.abc import Iterator

from search import concordance
from search.highlight import ends
from search.language.lexicon import MINIMUM_LENGTH

_TITLE, _KEYWORDS = 3, 2  # times more: a title and a term sum a page up


def counted(text: str, known: str) -> Iterator[tuple[str, int]]:
    """The terms of texts as `joined`, of which this is the concordance; numbers and short terms tell nothing."""
    title, _summary, body, _keywords = ends(text)
    for term, number, first, last in concordance.tallies(known):
        if len(term) >= MINIMUM_LENGTH and term.isalpha():
            yield term, number + (_TITLE if first < title else 0) + (_KEYWORDS if last > body else 0)

"""What a document says in which words: for finding documents like it."""

from search import concordance
from search.highlight import ends
from search.language.lexicon import MINIMUM_LENGTH

_TITLE, _KEYWORDS = 3, 2  # times more: a title and a term sum a page up


def counted(text: str, known: str) -> list[tuple[str, int]]:
    """The terms of texts as `joined`, of which this is the concordance; numbers and short terms tell nothing.

    Made for every page that shows what is like it, with some five hundred terms: no more than needed is done for each.
    """
    title, _summary, body, _keywords = ends(text)
    found = []
    for term, starts in concordance.places(known):
        if len(term) < MINIMUM_LENGTH:
            continue
        others = starts.count(",")
        last = int(starts[starts.rindex(",") + 1 :] if others else starts)
        first = int(starts[: starts.index(",")]) if others else last
        found.append((term, 1 + others + (_TITLE if first < title else 0) + (_KEYWORDS if last > body else 0)))
    return found

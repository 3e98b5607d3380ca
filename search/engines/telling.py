"""What a document says in which words: for finding documents like it."""

import math
from collections import defaultdict

from search import concordance
from search.highlight import ends
from search.language.lexicon import MINIMUM_LENGTH

_TITLE, _KEYWORDS = 3, 2  # times more: a title and a term sum a page up
_DECIMALS = 3


def said(text: str, known: str) -> dict[str, list[str]]:
    """The terms of texts as `joined`, of which this is the concordance, by how much each says: 1 for a word that stands
    in the body once, more with the logarithm of the times. Numbers and short terms say nothing.

    Read for every page that shows what is like it: most terms share a few weights.
    """
    title, _summary, body, _keywords = ends(text)
    found = defaultdict(list)
    for term, starts in concordance.places(known):
        if len(term) < MINIMUM_LENGTH:
            continue
        places = [int(start) for start in starts.split(",")]
        times = len(places) + (_TITLE if places[0] < title else 0) + (_KEYWORDS if places[-1] > body else 0)
        found[str(round(1 + math.log(times), _DECIMALS))].append(term)
    return dict(found)

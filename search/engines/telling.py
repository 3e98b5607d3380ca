"""What a document says in which words, counted when it is indexed: for finding documents like it.

Counting takes splitting every compound of a text, which is too much to do while a reader waits for a page.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from search.language.lexicon import MINIMUM_LENGTH

COUNTED_TIMES = (4, 1, 1, 3)  # title, summary, body, keywords: a title and a term sum a page up


def counted(stems: Sequence[str]) -> str:
    """The terms of these four texts as "term count term count …"; numbers and short ones tell nothing."""
    counts: Counter[str] = Counter()
    for text, times in zip(stems, COUNTED_TIMES, strict=True):
        for term, number in Counter(text.split()).items():
            counts[term] += times * number
    told = ((term, count) for term, count in counts.items() if len(term) >= MINIMUM_LENGTH and term.isalpha())
    return " ".join(f"{term} {count}" for term, count in told)


def read(stored: str) -> Iterator[tuple[str, int]]:
    """What `counted` wrote."""
    parts = stored.split()
    yield from zip(parts[::2], map(int, parts[1::2]), strict=True)

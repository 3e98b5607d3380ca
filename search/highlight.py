"""Marking the words that match, in the original text."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.utils.safestring import SafeString

from search import concordance
from search.concordance import Wanted
from search.language import Analyzer, fold
from search.language.phrases import Phrase
from search.language.stems import STOP_WORDS, stem
from search.language.text import WORD_CHARACTER
from search.marks import Marks
from search.plan import Plan

SNIPPET = 220  # characters
SCANNED = 20_000  # characters of a long body in which a snippet is looked for
ATTACHED_SCANNED = 4_000_000  # characters of attachments, over all hits of a page of results
ATTACHED_WINDOW = 2_000  # of each: here the passage is looked for
ATTACHED_PLACES = 50  # of each term, among which the window is chosen
MAXIMUM_MATCHES = 200
ELLIPSIS = "…"
_BETWEEN = r"(?:['’]s)?(?:[^\w\n]|_){1,8}"  # between the words of a phrase
_MOST_BETWEEN = 10  # characters, of that

_GAP = "\n"  # does not occur in a text: normalising removes it


def joined(title: str, summary: str, body: str, keywords: str) -> str:
    """The texts of a document as a highlighter wants them, with a concordance of the whole."""
    return _GAP.join((title, summary, body[:SCANNED], keywords))


class Highlighter:
    """Highlights for one plan; marks what the index finds, by stem and parts."""

    def __init__(self, plan: Plan, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        equivalents = [phrase for found in plan.expansions for phrase in (*found.equivalents, *found.beside)]
        stems = [
            *(word.stem for word in plan.words if word.stem),
            *plan.joined,
            *(stem(phrase[0]) for phrase in equivalents if len(phrase) == 1),
            *(part for word in plan.words for part in word.parts),  # last: a word is a match of the whole if it can
        ]
        self._terms = frozenset([*(word.literal for word in plan.words), *stems])
        self._wanted = Wanted(tuple(dict.fromkeys(stems)), plan.prefix)
        # Neither phrases nor the stop words of a query that has no others stand in a concordance.
        loose = [(word.literal,) for word in plan.words if word.stem is None]
        phrases = dict.fromkeys([*plan.phrases, *(phrase for phrase in equivalents if len(phrase) > 1), *loose])
        self._phrases = [_Phrase(phrase) for phrase in phrases]
        self._attached_room = ATTACHED_SCANNED

    def title(self, text: str, known: str) -> SafeString:
        """The whole title, marked, of texts as `joined` and their concordance."""
        end = text.index(_GAP)
        return self._found(text[:end], known).html(0, end)

    def shown(self, text: str, known: str) -> tuple[SafeString, SafeString]:
        """The title and a passage, of texts as `joined` and their concordance.

        The passage is the one with the most different matching words, else the keywords that match, else the beginning.
        """
        marks = self._found(text, known)
        title, summary, body, keywords = _parts(text, marks)
        best = _best(marks, (summary, body))
        if best is None and keywords.starts:
            best = keywords, keywords.starts[0]
        if best is None:
            beginning = summary if summary.end > summary.start else body
            best = beginning, beginning.start
        return marks.html(title.start, title.end), _excerpt(marks, *best)

    def attachment(self, attachments: Iterable[tuple[str, str]]) -> tuple[str, SafeString] | None:
        """Of pairs of name and text the best passage, with the name of the attachment that it stands in."""
        best: tuple[int, str, Marks, int] | None = None
        for name, whole in attachments if self._terms or self._phrases else ():
            text = self._likely(whole[: self._attached_room])
            self._attached_room -= min(len(whole), self._attached_room)
            marks = self._found(text, concordance.written(text, self._analyzer))
            number, first = marks.best_window(marks.within(0, len(text)), SNIPPET)
            if number and (best is None or number > best[0]):
                best = number, name, marks, first
        if best is None:
            return None
        _number, name, marks, first = best
        return name, _excerpt(marks, _Part(0, len(marks.text), []), first)

    def _likely(self, text: str) -> str:
        """A window of a long text, with the most different words that begin like those that are looked for."""
        if len(text) <= ATTACHED_WINDOW:
            return text
        folded = fold(text)
        begun = {place: term for term in sorted(self._terms) for place in _beginnings(term, folded)}
        _number, first = Marks(folded, begun, {place: place for place in begun}).best_window(sorted(begun), SNIPPET)
        start = max(0, first - SNIPPET)
        return text[start : start + ATTACHED_WINDOW]

    def _found(self, text: str, known: str) -> Marks:
        """The matches in a text, or in the beginning of what the concordance is of."""
        terms = concordance.places(known, text, self._wanted)
        ends: dict[int, int] = {}
        for phrase in self._phrases:
            for start, end, words in phrase.places(text, known):
                if end > ends.get(start, 0):  # of two that begin together the longer is marked
                    terms[start], ends[start] = words, end
        return Marks(text, terms, ends)


class _Part(NamedTuple):
    """One of the texts: where it begins and ends in the whole, and where the matches in it begin there."""

    start: int
    end: int
    starts: list[int]


def ends(text: str) -> tuple[int, ...]:
    """Where each of the four texts ends that were `joined`."""
    title = text.index(_GAP)
    summary = text.index(_GAP, title + 1)
    return title, summary, text.index(_GAP, summary + 1), len(text)


def _parts(text: str, marks: Marks) -> Iterator[_Part]:
    """The texts that were `joined`."""
    start = 0
    for end in ends(text):
        yield _Part(start, end, marks.within(start, end)[:MAXIMUM_MATCHES])
        start = end + len(_GAP)


class _Phrase:
    """Words that stand beside each other, whatever is between them."""

    def __init__(self, words: Phrase) -> None:
        telling = [at for at, word in enumerate(words) if word not in STOP_WORDS]  # a concordance has no others
        self._all = Wanted([stem(words[at]) for at in telling])
        self._first = Wanted([stem(words[at]) for at in telling[:1]])
        self._before = _room(words[: telling[0]]) if telling else 0
        self._after = _room(words[telling[0] :]) if telling else 0
        between = _BETWEEN.join(map(re.escape, words))
        self._pattern = re.compile(f"(?<!{WORD_CHARACTER})(?:{between})(?!{WORD_CHARACTER})")

    def places(self, text: str, known: str) -> Iterator[tuple[int, int, str]]:
        """Where it begins and ends in a text with this concordance, and how it is written there, folded."""
        if not self._after:
            yield from ((match.start(), match.end(), match[0]) for match in self._pattern.finditer(fold(text)))
        elif concordance.has_all(known, self._all):
            for start in concordance.places(known, text, self._first):
                begin = max(0, start - self._before - 1)  # with the character that a phrase may not follow
                around = fold(text[begin : start + self._after + 1])
                for match in self._pattern.finditer(around):
                    if match.start() <= start - begin < match.end():
                        yield begin + match.start(), begin + match.end(), match[0]


def _room(words: Phrase) -> int:
    """Characters that some words take up at most, with what is between them."""
    return sum(map(len, words)) + _MOST_BETWEEN * len(words)


def _beginnings(term: str, folded: str) -> Iterator[int]:
    """Where the first words begin that begin with the term."""
    start = folded.find(term)
    for _number in range(ATTACHED_PLACES):
        while start > 0 and folded[start - 1].isalnum():
            start = folded.find(term, start + 1)
        if start < 0:
            return
        yield start
        start = folded.find(term, start + 1)


def _best(marks: Marks, parts: Iterable[_Part]) -> tuple[_Part, int] | None:
    """The first part with the best window, and where that begins."""
    best: tuple[int, _Part, int] | None = None
    for part in parts:
        number, first = marks.best_window(part.starts, SNIPPET)
        if number and (best is None or number > best[0]):
            best = number, part, first
    return best[1:] if best else None


def _excerpt(marks: Marks, part: _Part, first: int) -> SafeString:
    """About SNIPPET characters of a part around offset `first`, cut at spaces."""
    text = marks.text
    start = max(part.start, min(first - SNIPPET // 4, part.end - SNIPPET))
    end = min(part.end, start + SNIPPET)
    if start > part.start:
        space = text.rfind(" ", start, first)
        start = text.find(" ", start, first) + 1 if space >= 0 else first
    if end < part.end:
        space = text.rfind(" ", start + 1, end + 1)
        end = space if space > first else end
    html = marks.html(start, end)
    before = f"{ELLIPSIS} " if start > part.start else ""
    after = f" {ELLIPSIS}" if end < part.end else ""
    return SafeString(f"{before}{html}{after}")  # both parts are constants, the middle is escaped

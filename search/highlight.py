"""Marking the words that match, in the original text."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import NamedTuple

from django.utils.safestring import SafeString

from search import concordance
from search.concordance import Match, Wanted
from search.language import Analyzer, fold
from search.language.stems import STOP_WORDS, stem
from search.language.text import WORD_CHARACTER
from search.plan import Plan
from search.synonyms import Phrase

SNIPPET = 220  # characters
SCANNED = 20_000  # characters of a long body in which a snippet is looked for
ATTACHED_SCANNED = 4_000_000  # characters of attachments, over all hits of a page of results
ATTACHED_WINDOW = 2_000  # of each: here the passage is looked for
ATTACHED_PLACES = 50  # of each term, among which the window is chosen
MAXIMUM_MATCHES = 200
ELLIPSIS = "…"
MARK = "<mark>"  # in text that is escaped, only a match has one
_BETWEEN = r"(?:['’]s)?(?:[^\w\n]|_){1,8}"  # between the words of a phrase

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
        return _marked(text, self._found(text[:end], known), 0, end)

    def shown(self, text: str, known: str) -> tuple[SafeString, SafeString]:
        """The title and a passage, of texts as `joined` and their concordance.

        The passage is the one with the most different matching words, else the keywords that match, else the beginning.
        """
        found = self._found(text, known)
        title, summary, body, keywords = _parts(text, found)
        best = _best((summary, body))
        if best is None and keywords.matches:
            best = keywords, keywords.matches[0].start
        if best is None:
            beginning = summary if summary.end > summary.start else body
            best = _Part(beginning.start, beginning.end, []), beginning.start
        return _marked(text, title.matches, title.start, title.end), _excerpt(text, *best)

    def attachment(self, attachments: Iterable[tuple[str, str]]) -> tuple[str, SafeString] | None:
        """Of pairs of name and text the best passage, with the name of the attachment that it stands in."""
        best: tuple[int, str, str, _Part, int] | None = None
        for name, whole in attachments if self._terms or self._phrases else ():
            text = self._likely(whole[: self._attached_room])
            self._attached_room -= min(len(whole), self._attached_room)
            part = _Part(0, len(text), self._found(text, concordance.written(text, self._analyzer)))
            number, first = _best_window(part.matches)
            if number and (best is None or number > best[0]):
                best = number, name, text, part, first
        return (best[1], _excerpt(*best[2:])) if best else None

    def _likely(self, text: str) -> str:
        """A window of a long text, with the most different words that begin like those that are looked for."""
        if len(text) <= ATTACHED_WINDOW:
            return text
        folded = fold(text)
        begun = [Match(place, place, term) for term in self._terms for place in _beginnings(term, folded)]
        _number, first = _best_window(sorted(begun, key=lambda match: match.start))
        start = max(0, first - SNIPPET)
        return text[start : start + ATTACHED_WINDOW]

    def _found(self, text: str, known: str) -> list[Match]:
        """The matches in a text, or in the beginning of what the concordance is of."""
        found = concordance.matches(known, text, self._wanted)
        phrases = [phrase for phrase in self._phrases if phrase.may_stand_in(known)]
        if phrases:
            folded = fold(text)
            found += [match for phrase in phrases for match in phrase.matches(folded)]
            # Of two that overlap the longer is marked.
            found.sort(key=lambda match: (match.start, -match.end))
        return found


class _Part(NamedTuple):
    """One of the texts: where it begins and ends in the whole, and the matches in it, as offsets in the whole."""

    start: int
    end: int
    matches: list[Match]


def ends(text: str) -> tuple[int, ...]:
    """Where each of the four texts ends that were `joined`."""
    title = text.index(_GAP)
    summary = text.index(_GAP, title + 1)
    return title, summary, text.index(_GAP, summary + 1), len(text)


def _parts(text: str, found: list[Match]) -> Iterator[_Part]:
    """The texts that were `joined`."""
    start = next_match = 0
    for end in ends(text):
        first = next_match
        while next_match < len(found) and found[next_match].start < end:
            next_match += 1
        yield _Part(start, end, found[first : min(next_match, first + MAXIMUM_MATCHES)])
        start = end + len(_GAP)


class _Phrase:
    """Words that stand beside each other, whatever is between them."""

    def __init__(self, words: Phrase) -> None:
        self._terms = tuple(stem(word) for word in words if word not in STOP_WORDS)
        between = _BETWEEN.join(map(re.escape, words))
        self._pattern = re.compile(f"(?<!{WORD_CHARACTER})(?:{between})(?!{WORD_CHARACTER})")

    def may_stand_in(self, known: str) -> bool:
        """Does the text have its words?"""
        return concordance.has_all(known, self._terms)

    def matches(self, folded: str) -> Iterator[Match]:
        """Where it stands in a folded text."""
        for match in self._pattern.finditer(folded):
            yield Match(match.start(), match.end(), match[0])


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


def _best(parts: Iterable[_Part]) -> tuple[_Part, int] | None:
    """The first part with the best window, and where that begins."""
    best: tuple[int, _Part, int] | None = None
    for part in parts:
        number, first = _best_window(part.matches)
        if number and (best is None or number > best[0]):
            best = number, part, first
    return best[1:] if best else None


def _best_window(matches: Sequence[Match]) -> tuple[int, int]:
    """How many different terms the best window of snippet length holds, and where it begins."""
    if not matches:
        return 0, 0
    best = (0, 0)
    inside: Counter[str] = Counter()
    first = 0
    for match in matches:
        inside[match.term] += 1
        while match.end - matches[first].start > SNIPPET and matches[first] is not match:
            inside[matches[first].term] -= 1
            if not inside[matches[first].term]:
                del inside[matches[first].term]
            first += 1
        if len(inside) > best[0]:
            best = (len(inside), matches[first].start)
    return best


def _excerpt(text: str, part: _Part, first: int) -> SafeString:
    """About SNIPPET characters of a part around offset `first`, cut at spaces."""
    start = max(part.start, min(first - SNIPPET // 4, part.end - SNIPPET))
    end = min(part.end, start + SNIPPET)
    if start > part.start:
        space = text.rfind(" ", start, first)
        start = text.find(" ", start, first) + 1 if space >= 0 else first
    if end < part.end:
        space = text.rfind(" ", start + 1, end + 1)
        end = space if space > first else end
    html = _marked(text, part.matches, start, end)
    before = f"{ELLIPSIS} " if start > part.start else ""
    after = f" {ELLIPSIS}" if end < part.end else ""
    return SafeString(f"{before}{html}{after}")  # both parts are constants, the middle is escaped


def _marked(text: str, matches: list[Match], start: int, end: int) -> SafeString:
    """The escaped text between the offsets, with the matches inside it marked."""
    pieces = []
    position = start
    for match in matches:
        if match.start >= position and match.end <= end:
            pieces += [escape(text[position : match.start]), MARK, escape(text[match.start : match.end]), "</mark>"]
            position = match.end
    pieces.append(escape(text[position:end]))
    return SafeString("".join(pieces))  # every piece is escaped or constant

"""Marking the words that match, in the original text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from search.language import Analyzer, fold
from search.language.compounds import MINIMUM_PART
from search.language.stems import stem
from search.language.text import WORD, WORD_CHARACTER
from search.plan import Plan
from search.synonyms import Phrase

SNIPPET = 220  # characters
SCANNED = 20_000  # characters of a long body in which a snippet is looked for
ATTACHED_SCANNED = 4_000_000  # characters of attachments, over all hits of a page of results
ATTACHED_WINDOW = 8_000  # of each, from the first likely word on: here the passage is looked for
MAXIMUM_MATCHES = 200
ELLIPSIS = "…"
MARK = "<mark>"  # in text that is escaped, only a match has one
_BETWEEN = r"[\W_]{1,3}"  # between the words of a phrase
# Letters of a stem that survive inflection: all but three, at least two, at most six; of a short one more, see `_root`.
_ROOT, _LONG_ROOT, _ENDING = 2, 6, 3
_SHORT, _SHORT_ROOT = 5, 4
_DOUBLED = re.compile("(?:aa|ee|oo|uu)[^aeiouy]*$")  # one of them is lost in "ramen", "lezen"
_LOST = "ge"  # may stand inside them: "oplos" is the stem of "opgelost"


@dataclass(frozen=True, slots=True)
class Match:
    """A matching word: offsets, and the term it matches."""

    start: int
    end: int
    term: str


class Highlighter:
    """Highlights for one plan; compares by stem and parts, as the index does."""

    def __init__(self, plan: Plan, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        phrase_words = [word for phrase in plan.phrases for word in phrase]
        stems = {form for word in plan.words if word.stem for form in (word.stem, *word.parts)} | set(plan.joined)
        equivalents = [phrase for found in plan.expansions for phrase in (*found.equivalents, *found.beside)]
        stems |= {stem(phrase[0]) for phrase in equivalents if len(phrase) == 1}
        self._stems = frozenset(stems)
        self._literal = frozenset([*phrase_words, *(word.literal for word in plan.words)])
        self._prefix = plan.prefix
        self._phrases = _phrase_pattern(equivalents)
        self._candidate = _root_pattern(self._stems | self._literal)
        # The same words come back in every text of a page of results: what was found out about one is kept.
        self._judged: dict[str, str | None] = {}
        self._attached_room = ATTACHED_SCANNED

    def title(self, text: str) -> SafeString:
        """The whole text, marked."""
        return _marked(text, self._matches(text), 0, len(text))

    def snippet(self, summary: str, body: str, keywords: str = "") -> SafeString:
        """The passage with the most different matching words, else the keywords that match, else the beginning."""
        best: tuple[int, str, list[Match], int] | None = None
        for text in (summary, body[:SCANNED]):
            matches = self._matches(text)
            number, start = _best_window(matches)
            if number and (best is None or number > best[0]):
                best = number, text, matches, start
        if best is None and (matches := self._matches(keywords)):
            return _excerpt(keywords, matches, matches[0].start)
        if best is None:
            return _excerpt(summary or body, [], 0)
        return _excerpt(*best[1:])

    def attachment(self, attachments: Iterable[tuple[str, str]]) -> tuple[str, SafeString] | None:
        """Of pairs of name and text the best passage, with the name of the attachment that it stands in."""
        best: tuple[int, str, str, list[Match], int] | None = None
        for name, whole in attachments if self._candidate else ():
            text = self._likely(whole[: self._attached_room])
            self._attached_room -= min(len(whole), self._attached_room)
            matches = self._matches(text)
            number, start = _best_window(matches)
            if number and (best is None or number > best[0]):
                best = number, name, text, matches, start
        return (best[1], _excerpt(*best[2:])) if best else None

    def _likely(self, text: str) -> str:
        """A window of a long text: from a little before the first word that begins like one that is looked for."""
        if len(text) <= ATTACHED_WINDOW:
            return text
        folded = fold(text)
        places = [place for term in self._literal | self._stems if (place := _first_beginning(term, folded)) >= 0]
        start = max(0, min(places) - SNIPPET) if places else 0
        return text[start : start + ATTACHED_WINDOW]

    def _matches(self, text: str) -> list[Match]:
        """The matching words of a text in order."""
        if self._candidate is None:
            return []
        folded = fold(text)
        found = list(self._matching_words(self._candidate, folded))
        if self._phrases:
            found += [Match(match.start(), match.end(), match[0]) for match in self._phrases.finditer(folded)]
        # Of two that overlap the longer is marked.
        return sorted(found, key=lambda match: (match.start, -match.end))[:MAXIMUM_MATCHES]

    def _matching_words(self, candidate: re.Pattern[str], folded: str) -> Iterator[Match]:
        """The whole words, with their 's, that match; only words with a likely root in them are looked at."""
        judged = self._judged
        position = 0
        for seen in candidate.finditer(folded):
            start = root = seen.start()
            if root < position:  # once more in the same word
                continue
            while start and folded[start - 1].isalnum():
                start -= 1
            if 0 < root - start < MINIMUM_PART and not folded.startswith(_LOST, start, root):
                continue  # neither the word nor a part of it can begin there
            whole = WORD.match(folded, start)
            if whole is None:  # the root is no part of a word
                continue
            word, position = whole[1], whole.end()
            if word not in judged:
                judged[word] = self._matching_term(word)
            term = judged[word]
            if term is not None:
                yield Match(start, position, term)

    def _matching_term(self, word: str) -> str | None:
        if word in self._literal:
            return word
        if (whole := stem(word)) in self._stems:
            return whole  # without splitting it, which takes longer
        if self._may_have_part(word):
            for term in self._analyzer.forms(word).parts:
                if term in self._stems:
                    return term
        return self._prefix if self._prefix and word.startswith(self._prefix) else None

    def _may_have_part(self, word: str) -> bool:
        """Is there a known word inside, beginning with a likely root, whose stem is looked for?

        Most words are no such compound, and seeing that costs a tenth of splitting them.
        """
        candidate = self._candidate
        seen = candidate.search(word) if candidate and len(word) >= 2 * MINIMUM_PART else None
        while candidate and seen:
            root = seen.start()
            if self._part_from(word, root) or (
                word.endswith(_LOST, 0, root) and self._part_from(word, root - len(_LOST))
            ):
                return True
            seen = candidate.search(word, root + 1)
        return False

    def _part_from(self, word: str, start: int) -> bool:
        for end in range(start + MINIMUM_PART, len(word) + 1):
            part = word[start:end]
            if (end == len(word) or part in self._analyzer.lexicon) and stem(part) in self._stems:
                return True
        return False


def _root(term: str) -> str:
    """The beginning of a stem that all its inflections keep: "raam" has "ramen", "brief" "brieven", "inn" "geïnd"."""
    root = term[: min(max(_ROOT, len(term) - _ENDING), _LONG_ROOT)]
    if len(term) > _SHORT:
        return root
    kept = term
    if doubled := _DOUBLED.search(term):
        kept = term[: doubled.start() + 1]
    elif term[-1] in "fsvz" or term[-1] == term[-2:-1]:
        kept = term[:-1]
    return max(root, kept[:_SHORT_ROOT], key=len)


def _root_pattern(terms: Iterable[str]) -> re.Pattern[str] | None:
    """Finds what every word begins with that inflects one of the terms, in a part of a compound too."""
    roots = {_root(term) for term in terms if term}
    roots |= {f"{root[:place]}{_LOST}{root[place:]}" for root in roots for place in range(1, len(root))}
    return re.compile("|".join(map(re.escape, sorted(roots)))) if roots else None


def _phrase_pattern(phrases: Iterable[Phrase]) -> re.Pattern[str] | None:
    """Finds phrases of several words in a folded text, whatever stands between the words."""
    patterns = [_BETWEEN.join(re.escape(word) for word in phrase) for phrase in phrases if len(phrase) > 1]
    longest_first = sorted(patterns, key=len, reverse=True)
    return re.compile(f"(?<!{WORD_CHARACTER})(?:{'|'.join(longest_first)})(?!{WORD_CHARACTER})") if patterns else None


def _first_beginning(term: str, folded: str) -> int:
    """Where the first word begins that begins with the term; -1 when none does."""
    start = folded.find(term)
    while start > 0 and folded[start - 1].isalnum():
        start = folded.find(term, start + 1)
    return start


def _best_window(matches: list[Match]) -> tuple[int, int]:
    """How many different terms the best window of snippet length holds, and where it begins."""
    best = (0, 0)
    for index, first in enumerate(matches):
        terms = set()
        for match in matches[index:]:
            if match.end - first.start > SNIPPET:
                break
            terms.add(match.term)
        if len(terms) > best[0]:
            best = (len(terms), first.start)
    return best


def _excerpt(text: str, matches: list[Match], first: int) -> SafeString:
    """About SNIPPET characters around offset `first`, cut at spaces."""
    start = max(0, min(first - SNIPPET // 4, len(text) - SNIPPET))
    end = min(len(text), start + SNIPPET)
    if start:
        space = text.rfind(" ", start, first)
        start = text.find(" ", start, first) + 1 if space >= 0 else first
    if end < len(text):
        space = text.rfind(" ", start + 1, end + 1)
        end = space if space > first else end
    html = _marked(text, matches, start, end)
    before = f"{ELLIPSIS} " if start else ""
    after = f" {ELLIPSIS}" if end < len(text) else ""
    return mark_safe(f"{before}{html}{after}")  # noqa: S308 - both parts are constants, the middle is escaped


def _marked(text: str, matches: list[Match], start: int, end: int) -> SafeString:
    """The escaped text between the offsets, with the matches inside it marked."""
    pieces = []
    position = start
    for match in matches:
        if match.start >= position and match.end <= end:
            pieces += [escape(text[position : match.start]), MARK, escape(text[match.start : match.end]), "</mark>"]
            position = match.end
    pieces.append(escape(text[position:end]))
    return mark_safe("".join(pieces))  # noqa: S308 - every piece is escaped or constant

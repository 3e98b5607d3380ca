"""The language of the search box: words, "phrases", -minus. Any text is a valid query."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search.language import Token, tokenise

MAXIMUM_TERMS = 32
# An optional minus at the beginning of a piece, then a quoted phrase (the closing quote may be missing) or a piece
# without spaces. A hyphen inside a piece is part of the word.
_PIECE = re.compile(r'(?P<minus>(?<!\S)-)?(?:["“”„](?P<phrase>[^"“”„]*)["“”„]?|(?P<word>[^\s"“”„]+))')


@dataclass(frozen=True, slots=True)
class ParsedText:
    """A query taken apart: loose words with their offsets, phrases that must occur, what must not occur.

    `open_ended` says that the last thing typed is a loose word, which may be unfinished.
    """

    text: str
    words: tuple[Token, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()
    open_ended: bool = False
    truncated: bool = False

    @property
    def is_empty(self) -> bool:
        """Nothing to search for or to exclude."""
        return not (self.words or self.phrases or self.excluded)

    def replaced(self, corrections: dict[int, str]) -> str:
        """The text with loose words (by their index) replaced."""
        text = self.text
        for index in sorted(corrections, reverse=True):
            token = self.words[index]
            text = text[: token.start] + corrections[index] + text[token.end :]
        return text


def _tokens(text: str, offset: int, room: int) -> Iterator[Token]:
    for number, token in enumerate(tokenise(text)):
        if number >= room:
            return
        yield Token(token.word, token.start + offset, token.end + offset, token.hyphenated)


def parse(text: str) -> ParsedText:
    """Take a query apart, with at most MAXIMUM_TERMS words."""
    words: list[Token] = []
    phrases: list[tuple[str, ...]] = []
    excluded: list[tuple[str, ...]] = []
    open_ended = False
    room = MAXIMUM_TERMS
    for match in _PIECE.finditer(text):
        group = "word" if match["word"] is not None else "phrase"
        tokens = list(_tokens(match[group], match.start(group), room + 1))
        if not tokens:
            continue
        room -= len(tokens)
        if room < 0:
            break
        open_ended = False
        if match["minus"]:
            excluded.append(tuple(token.word for token in tokens))
        elif group == "phrase":
            phrases.append(tuple(token.word for token in tokens))
        else:
            words.extend(tokens)
            open_ended = tokens[-1].end == len(text)
    return ParsedText(text, tuple(words), tuple(phrases), tuple(excluded), open_ended, room < 0)

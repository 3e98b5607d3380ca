"""Text to words: normalising, folding that keeps offsets, tokens."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# A word is letters and digits; a genitive or plural 's belongs to the word on screen, but not to the token.
WORD_CHARACTER = r"[^\W_]"
WORD = re.compile(rf"({WORD_CHARACTER}+)(?:['’]s(?!{WORD_CHARACTER}))?")
_HYPHENS = frozenset("-\u2010\u2011")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
# Controls, and halves of surrogate pairs: neither can be stored or encoded.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f]")


def _folding() -> dict[str, str]:
    """Accented Latin letters → lower-case base letter, always one for one, so that offsets stay true."""
    table = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        if len(base) == 1:
            table[chr(code)] = base
    table.update({"ø": "o", "Ø": "o", "ı": "i", "ł": "l", "Ł": "l"})
    return table


_FOLDING = _folding()


@dataclass(frozen=True, slots=True)
class Token:
    """A word in a text: folded form, offsets in the text, and whether a hyphen ties it to the word before."""

    word: str
    start: int
    end: int
    hyphenated: bool = False


def strip_unsafe(text: str) -> str:
    """Replace control characters and lone surrogates by spaces."""
    return _UNSAFE.sub(" ", text)


def normalise(text: str) -> str:
    """The form in which text is stored and searched: composed, without invisible characters, single spaces."""
    text = strip_unsafe(text)
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        text = _INVISIBLE.sub("", text).replace("ĳ", "ij").replace("Ĳ", "IJ")
    return " ".join(text.split())


def fold(text: str) -> str:
    """Lower-case without accents; the result is exactly as long as the text."""
    if text.isascii():
        return text.lower()
    # Most Dutch text is nearly all ASCII: replacing the few other letters is quicker than translating every one.
    return _BEYOND_ASCII.sub(lambda match: _FOLDING.get(match[0], match[0]), text).lower()


def words(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return WORD.findall(fold(text))


def tokenise(text: str) -> Iterator[Token]:
    """The words of a text with their offsets."""
    previous_end = -2
    for match in WORD.finditer(fold(text)):
        start, end = match.span()
        hyphenated = start == previous_end + 1 and text[previous_end] in _HYPHENS
        yield Token(match[1], start, end, hyphenated)
        previous_end = end


def compounds_with_hyphen(text: str) -> Iterator[str]:
    """Hyphenated words written as one: "anti-radicalisering" gives "antiradicalisering"."""
    if not any(hyphen in text for hyphen in _HYPHENS):
        return
    group: list[str] = []
    for token in tokenise(text):
        if not token.hyphenated:
            if len(group) > 1:
                yield "".join(group)
            group = []
        group.append(token.word)
    if len(group) > 1:
        yield "".join(group)

"""Slips of fingers and of spelling: what a typed word may have been meant to be, and how likely that is."""

import string
from collections.abc import Iterator
from functools import cache

# Letters next to each other on the Belgian (azerty) or the Dutch (qwerty) keyboard.
_ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm")
# Spellings that sound alike, or that Dutch rules make people doubt about.
_CONFUSIONS = (
    *(tuple(pair.split("/")) for pair in "ei/ij ou/au ch/g d/t dt/d dt/t c/k c/s s/z f/v x/ks qu/kw".split()),  # noqa: SIM905
    *(tuple(pair.split("/")) for pair in "y/i ie/i th/t ph/f ck/k tie/sie".split()),  # noqa: SIM905
    *((2 * letter, letter) for letter in "abcdefgklmnoprstuz"),
)
_CONFUSED = 0.5
_NEIGHBOUR = 0.8  # of a slip: a letter beside the one that was meant
_SWAPPED = 0.8
_CONTEXT = 2  # letters beside a slip that may belong to a confusion
_FIRST = 0.2  # more, for a slip in the first letter: people watch that one


def one_slip(word: str) -> Iterator[str]:
    """Every word from which one letter swapped, added, dropped or replaced makes this word; some come twice."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    for before, after in cuts:
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        if after:
            yield before + after[1:]
        for letter in string.ascii_lowercase:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]


def cost(typed: str, meant: str) -> float:
    """How many slips lie between two folded words, common ones counted for less."""
    start = _shared(typed, meant)
    end = _shared(typed[start:][::-1], meant[start:][::-1])
    first = 0.0 if start or typed == meant else _FIRST
    start = max(0, start - _CONTEXT)
    end = max(0, end - _CONTEXT)
    return first + _cost(typed[start : len(typed) - end], meant[start : len(meant) - end])


def _shared(one: str, other: str) -> int:
    """How many letters two words have in common at the beginning."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _cost(typed: str, meant: str) -> float:
    """The cost of what is left when the beginning and the end that two words share are taken off."""
    rows = [[0.0] * (len(meant) + 1) for _ in range(len(typed) + 1)]
    for i in range(len(typed) + 1):
        for j in range(len(meant) + 1):
            if i or j:
                rows[i][j] = min(_ways(typed, meant, i, j, rows))
    return rows[-1][-1]


def _ways(typed: str, meant: str, i: int, j: int, rows: list[list[float]]) -> Iterator[float]:
    """The costs of the ways to get from the first `i` letters typed to the first `j` meant."""
    if i:
        yield rows[i - 1][j] + 1
    if j:
        yield rows[i][j - 1] + 1
    if not (i and j):
        return
    if typed[i - 1] == meant[j - 1]:
        yield rows[i - 1][j - 1]
    else:
        yield rows[i - 1][j - 1] + (_NEIGHBOUR if meant[j - 1] in _neighbours(typed[i - 1]) else 1)
    if i > 1 and j > 1 and typed[i - 2 : i] == meant[j - 1] + meant[j - 2]:
        yield rows[i - 2][j - 2] + _SWAPPED
    for one, other in _confusions().get((typed[i - 1], meant[j - 1]), ()):
        if typed.endswith(one, 0, i) and meant.endswith(other, 0, j):
            yield rows[i - len(one)][j - len(other)] + _CONFUSED


@cache
def _neighbours(letter: str) -> frozenset[str]:
    beside = set[str]()
    for row in _ROWS:
        at = row.find(letter)
        if at >= 0:
            beside.update(row[max(0, at - 1) : at + 2])
    return frozenset(beside)


@cache
def _confusions() -> dict[tuple[str, str], tuple[tuple[str, str], ...]]:
    """The confusions by their last letters, either way round."""
    found: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}
    for pair in _CONFUSIONS:
        for one, other in (pair, pair[::-1]):
            key = (one[-1], other[-1])
            found[key] = (*found.get(key, ()), (one, other))
    return found

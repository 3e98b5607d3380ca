"""One slip of the fingers in a query, always the same one for the same query."""

import random
import string

from search.language import tokenise

MINIMUM_LENGTH = 4  # letters of a word that gets a typo
SEED = 2026


def misspell(text: str, *, seed: int = SEED) -> str:
    """The text with one random typo in one of its longer words: a letter swapped, dropped, added or replaced."""
    generator = random.Random(f"{seed}:{text}")  # noqa: S311 - a test's chance, not a secret
    long_words = [token for token in tokenise(text) if len(token.word) >= MINIMUM_LENGTH and token.word.isalpha()]
    if not long_words:
        return text
    token = generator.choice(long_words)
    end = token.start + len(token.word)
    return text[: token.start] + _slip(text[token.start : end], generator) + text[end:]


def _slip(word: str, generator: random.Random) -> str:
    while True:
        at = generator.randrange(len(word) - 1)
        letter = generator.choice(string.ascii_lowercase)
        changed = generator.choice(
            (
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
            )
        )
        if changed.lower() != word.lower():
            return changed

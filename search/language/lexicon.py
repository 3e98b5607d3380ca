"""The words of the indexed texts with how often they occur, stored as a file beside the index.

The file is a log of lines "word<TAB>count" that only grows until the next rebuild: a writer appends the words of new
documents, a reader picks up where it left off. Words of deleted documents stay until the rebuild. It begins with the
length and the checksum of what the rebuild wrote: without its words the same text gives other terms, so that a damaged
file would lose documents without anybody noticing. A line "<TAB>phrase" is a phrase that all documents of the index
were searched for; only a rebuild writes those.
"""

import os
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from threading import Lock

from search.language.phrases import Phrase, Phrases
from search.language.text import WORD, fold

MINIMUM_LENGTH = 3
MAXIMUM_LENGTH = 50
# An editors' term weighs as a word that occurs this often, even before any text uses it.
VOCABULARY_COUNT = 10
_MAGIC = b"#lexicon"


class Lexicon:
    """Folded word → count, and the spelling with accents for showing. `revision` grows with every change.

    `phrases` are those of the vocabularies when the index was rebuilt.
    """

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.phrases = Phrases()
        self.added: list[str] = []  # in order of arrival, so that followers can catch up
        self.revision = 0
        self._accented: dict[str, tuple[int, str]] = {}

    def __contains__(self, word: str) -> bool:
        return word in self.counts

    def add(self, surfaces: Mapping[str, int]) -> None:
        """Add lower-case words, accents kept, with their counts."""
        for surface, count in surfaces.items():
            word = fold(surface)
            if word not in self.counts:
                self.added.append(word)
            self.counts[word] = self.counts.get(word, 0) + count
            if surface != word and count > self._accented.get(word, (0, ""))[0]:
                self._accented[word] = (count, surface)
        self.revision += bool(surfaces)

    def count(self, word: str) -> int:
        """How often the folded word occurs; 0 for an unknown word."""
        return self.counts.get(word, 0)

    def display(self, word: str) -> str:
        """The folded word as texts mostly spell it."""
        count, surface = self._accented.get(word, (0, word))
        return surface if 2 * count >= self.count(word) else word


def surface_counts(texts: Iterable[str]) -> Counter[str]:
    """Lower-case words (accents kept) of the texts that may enter a lexicon: letters only, of a sensible length."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(WORD.findall(text.lower()))
    for word in [word for word in counts if not (MINIMUM_LENGTH <= len(word) <= MAXIMUM_LENGTH and word.isalpha())]:
        del counts[word]
    return counts


def _lines(surfaces: Mapping[str, int]) -> bytes:
    return "".join(f"{surface}\t{count}\n" for surface, count in surfaces.items()).encode()


def _checksum(data: bytes) -> bytes:
    return b"%08x" % zlib.crc32(data)


class LexiconFile:
    """A lexicon and the file it follows."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lexicon = Lexicon()
        self._offset = 0
        self._reading = Lock()

    def refresh(self) -> None:
        """Read what was appended since the last time. Raises OSError when the file is gone, ValueError for damage."""
        with self._reading:
            size = self.path.stat().st_size
            if size < self._offset or not size:
                raise ValueError("the lexicon was cut off")
            if size > self._offset:
                self.lexicon.add(self._read_on())

    def _read_on(self) -> Counter[str]:
        """The whole lines after the offset."""
        with self.path.open("rb") as file:
            file.seek(self._offset)
            data = file.read()
        if not self._offset:
            data = self._checked(data)
        whole = data[: data.rfind(b"\n") + 1]  # a line that is still being written waits for the next time
        self._offset += len(whole)
        counts: Counter[str] = Counter()
        phrases: list[Phrase] = []
        for line in whole.decode("utf-8", "replace").splitlines():
            word, _, rest = line.partition("\t")
            if word and rest.isdecimal():
                counts[word] += int(rest)
            elif rest and not word:
                phrases.append(tuple(rest.split(" ")))
        if phrases:
            self.lexicon.phrases = Phrases(phrases)
        return counts

    def _checked(self, data: bytes) -> bytes:
        """What follows the first line, which must fit it."""
        head, _, rest = data.partition(b"\n")
        name, _, sums = head.partition(b" ")
        length, _, checksum = sums.partition(b" ")
        intact = name == _MAGIC and length.isdigit() and checksum == _checksum(rest[: int(length)])
        if not intact or len(rest) < int(length):
            raise ValueError("the lexicon is damaged")
        self._offset = len(head) + 1
        return rest

    def append(self, surfaces: Mapping[str, int]) -> None:
        """Add words that the lexicon does not know yet; the caller holds the write lock."""
        self.refresh()
        fresh = {surface: count for surface, count in surfaces.items() if fold(surface) not in self.lexicon}
        if fresh:
            # A process killed in mid-write may have left half a line: begin on a new one.
            self._write(b"\n" + _lines(fresh))
            self.refresh()

    def create(self, surfaces: Mapping[str, int], phrases: Phrases) -> None:
        """Start the file with these words and phrases."""
        lines = "".join(f"\t{' '.join(phrase)}\n" for phrase in phrases).encode() + _lines(surfaces)
        self._write(b"%s %d %s\n" % (_MAGIC, len(lines), _checksum(lines)) + lines)
        self.refresh()

    def _write(self, data: bytes) -> None:
        with self.path.open("ab") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

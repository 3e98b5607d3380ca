"""Which documents hold what, as sets, in one state of the index: counting them needs none of the documents.

A set is an array of bits, one for each document, or where that is smaller an array of the numbers of its documents. The
documents of a term are read from the index once and remembered until it changes (decision 23). A set knows nothing of
readers: whoever counts one intersects it with what a reader may see.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias
from weakref import ReferenceType

import numpy as np
import tantivy
from numpy.typing import NDArray
from tantivy import Occur, Query

from search.engines import tantivy_index as fields

Bits: TypeAlias = NDArray[np.uint64]
Numbers: TypeAlias = NDArray[np.int32]
DocumentSet: TypeAlias = Bits | Numbers

REMEMBERED = 32_000_000  # bytes of sets: of about ten thousand frequent words among 20,000 documents
WARM_FROM = 2_000  # documents; of fewer any set is read in a moment
RARE = 20  # and that of a word that fewer than one in so many documents have
_WORD = 64  # bits
_ENTRY = 500  # bytes that remembering takes besides the set: many words are in no document at all


class DocumentSets:
    """The sets of one state of an index. Documents are numbered through all its parts."""

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema) -> None:
        self._searcher = searcher
        self._schema = schema
        self._remembered: dict[tuple[Any, ...], DocumentSet] = {}
        self._bytes = 0
        self._values: dict[str, dict[str, DocumentSet]] = {}
        self._counted: dict[tuple[str, ...], FacetColumns] = {}
        hits = self._hits(Query.all_query(), searcher.num_docs)
        segments, documents = _addresses(hits)
        sizes = np.zeros(searcher.num_segments + 1, np.int32)
        np.maximum.at(sizes, segments + 1, documents + 1)
        self._begins = np.cumsum(sizes, dtype=np.int32)  # the number at which each part of the index begins
        self.size = int(self._begins[-1])  # numbers; some are of no document
        self._all = self._bits(self._begins[segments] + documents)

    def _hits(self, query: Query, most: int) -> Sequence[tuple[Any, tantivy.DocAddress]]:
        limit = min(most, self._searcher.num_docs)
        return self._searcher.search(Query.const_score_query(query, 1.0), limit, count=False).hits if limit else ()

    def term(self, field: str, term: str) -> DocumentSet:
        """The documents with a term."""
        known = self._remembered.get((field, term))
        if known is None:
            query = self._query_of(field, term)
            known = self._remember((field, term), self._with(query, self._searcher.doc_freq(field, term)))
        return known

    def any_of(self, field: str, terms: Iterable[str]) -> DocumentSet:
        """The documents with one of these terms: those of the rare ones are read together, and remembered together."""
        wanted = {term: self._searcher.doc_freq(field, term) for term in sorted(set(terms))}
        rare = [term for term, number in wanted.items() if not self._is_frequent(number)]
        sets = [self.term(field, term) for term in wanted if term not in rare]
        if rare:
            query = Query.term_set_query(self._schema, field, rare)
            sets.append(self.query(("any", field, *rare), query, sum(wanted[term] for term in rare)))
        return sets[0] if len(sets) == 1 else self.union(sets)

    def has_any(self, field: str, terms: Iterable[str], documents: Iterable[tantivy.DocAddress]) -> bool:
        """Whether any of these documents has one of these terms."""
        numbers = [int(self._begins[address.segment_ord]) + address.doc for address in documents]
        return any(contains(self.term(field, term), number) for term in terms for number in numbers)

    def with_ids(self, ids: Iterable[str]) -> DocumentSet:
        """These documents, as far as they are in the index; not remembered, others will be asked for the next time."""
        wanted = sorted(ids)
        return self._smallest(self._numbers(Query.term_set_query(self._schema, fields.ID, wanted), len(wanted)))

    def _is_frequent(self, number: int) -> bool:
        """Whether reading the documents of a term that so many have takes a while."""
        return number * RARE >= self._searcher.num_docs >= WARM_FROM

    def query(self, key: tuple[Any, ...], query: Query, most: int) -> DocumentSet:
        """The documents that a query finds, which are at most so many; remembered by this key."""
        known = self._remembered.get(key)
        return self._remember(key, self._smallest(self._numbers(query, most))) if known is None else known

    def _remember(self, key: tuple[Any, ...], found: DocumentSet) -> DocumentSet:
        """When there are too many it begins anew."""
        size = found.nbytes + _ENTRY
        if self._bytes + size > REMEMBERED:
            self._remembered.clear()
            self._bytes = 0
        self._bytes += size
        self._remembered[key] = found
        return found

    def _with(self, term: Query, number: int) -> DocumentSet:
        """The documents with a term; of one that most of them have, those without are read from the index."""
        documents = self._searcher.num_docs
        if 2 * number <= documents:
            return self._smallest(self._numbers(term, number))
        without = Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, term)])
        return self._all & ~self._bits(self._numbers(without, documents))

    def _numbers(self, query: Query, most: int) -> Numbers:
        hits = self._hits(query, most)
        if self._searcher.num_segments == 1:
            return np.array([address.doc for _score, address in hits], np.int32)
        segments, documents = _addresses(hits)
        return self._begins[segments] + documents

    def _smallest(self, numbers: Numbers) -> DocumentSet:
        return numbers if numbers.nbytes * 8 < self.size else self._bits(numbers)

    def _bits(self, numbers: Numbers) -> Bits:
        flags = self._no_flags()
        flags[numbers] = 1
        return packed(flags)

    def _no_flags(self) -> NDArray[np.uint8]:
        return np.zeros(-(-max(self.size, 1) // _WORD) * _WORD, np.uint8)

    @property
    def is_worth_warming(self) -> bool:
        """Whether it takes a while to read the documents of a frequent word."""
        return self._searcher.num_docs >= WARM_FROM

    def frequent(self) -> list[tuple[str, str]]:
        """Fields and terms, the most frequent ones first."""
        most = REMEMBERED // 8 // self._all.nbytes
        return [
            (field, term)
            for field in (fields.ALL, fields.EXACT)
            for term, number in self._searcher.terms_with_prefix(field, "", limit=most)
            if self._is_frequent(number)
        ]

    def union(self, sets: Iterable[DocumentSet]) -> Bits:
        """The documents that are in any of these sets."""
        flags = self._no_flags()
        bits = packed(flags)
        for one in sets:
            if one.dtype == np.uint64:
                np.bitwise_or(bits, one, out=bits)
            else:
                flags[one] = 1
        return bits | packed(flags)

    def columns(self, facets: Iterable[str]) -> "FacetColumns":
        """The values of some facets, with the documents that have them."""
        names = tuple(facets)
        known = self._counted.get(names)
        if known is None:
            known = self._counted[names] = FacetColumns({name: self._values_of(name) for name in names})
        return known

    def _values_of(self, facet: str) -> dict[str, DocumentSet]:
        known = self._values.get(facet)
        if known is None:
            field, beginning = fields.FACET, fields.facet_term(facet, "")
            terms = self._searcher.terms_with_prefix(field, beginning)
            sets = {
                term.removeprefix(beginning): self._with(self._query_of(field, term), number) for term, number in terms
            }
            known = self._values[facet] = {value: found for value, found in sets.items() if found.size}
        return known

    def _query_of(self, field: str, term: str) -> Query:
        return Query.term_query(self._schema, field, term, index_option="basic")


class Found:
    """Documents to count the values of."""

    def __init__(self, bits: Bits) -> None:
        self.bits = bits
        self.flags: NDArray[np.uint8] = np.unpackbits(bits.view(np.uint8), bitorder="little")


class FacetColumns:
    """Every value of some facets that any document has: all are counted at once."""

    def __init__(self, facets: Mapping[str, Mapping[str, DocumentSet]]) -> None:
        pairs = [(value, facets[name][value]) for name in facets for value in sorted(facets[name])]
        self._values = [value for value, _found in pairs]
        ends = np.cumsum([0, *map(len, facets.values())]).tolist()
        self._places = {name: slice(*ends[at : at + 2]) for at, name in enumerate(facets)}
        # Those of bits are counted first, then the others; this puts them back.
        read = sorted(range(len(pairs)), key=lambda place: pairs[place][1].dtype != np.uint64)
        self._back = np.argsort(read)
        number = sum(found.dtype == np.uint64 for _value, found in pairs)
        frequent, rare = [pairs[place][1] for place in read[:number]], [pairs[place][1] for place in read[number:]]
        self._frequent: Any = np.stack(frequent) if frequent else None
        self._rare: Any = np.concatenate(rare) if rare else None
        self._begins = np.cumsum([0, *map(len, rare)], dtype=np.intp)[:-1]

    def numbers(self, found: Found) -> NDArray[np.int64]:
        """How many of these documents have each value of each facet."""
        parts = []
        if self._frequent is not None:
            parts.append(np.bitwise_count(self._frequent & found.bits).sum(axis=1, dtype=np.int64))
        if self._rare is not None:
            parts.append(np.add.reduceat(found.flags.take(self._rare), self._begins, dtype=np.int64))
        return np.concatenate(parts)[self._back] if parts else np.empty(0, np.int64)

    def counts(
        self, facet: str, numbers: NDArray[np.int64], *, most: int, fewer: int, selected: Sequence[str]
    ) -> dict[str, int]:
        """The values of a facet by these numbers, the most frequent first and equals by the alphabet.

        All values that have any; where the facet has more than `most`, the `fewer` most frequent ones and the selected
        ones.
        """
        place = self._places[facet]
        own, values = numbers[place], self._values[place]
        order = np.argsort(-own, kind="stable")[: np.count_nonzero(own)]
        if len(values) > most:
            chosen = set(selected)
            late = [at for at in order[fewer:].tolist() if values[at] in chosen] if chosen else []
            order = np.array([*order[:fewer].tolist(), *late], np.intp)
        return dict(zip([values[at] for at in order.tolist()], own[order].tolist(), strict=True))


def warm(sets: "ReferenceType[DocumentSets]") -> None:
    """Read the documents of frequent words, as long as anybody uses these sets."""
    found = sets()
    frequent = found.frequent() if found else []
    del found
    for field, term in frequent:
        if (found := sets()) is None:
            return
        found.term(field, term)
        del found  # or what is no longer used would stay until the last word


def packed(flags: NDArray[np.uint8]) -> Bits:
    """A flag for each document as bits."""
    return np.packbits(flags, bitorder="little").view(np.uint64)


def contains(documents: DocumentSet, number: int) -> bool:
    """Whether the document with this number is in a set."""
    if documents.dtype != np.uint64:
        return number in documents
    return bool(int(documents[number // _WORD]) >> number % _WORD & 1)


def _addresses(hits: Sequence[tuple[Any, tantivy.DocAddress]]) -> tuple[Numbers, Numbers]:
    """In which parts of the index documents are, and at which places in them."""
    segments = np.array([address.segment_ord for _score, address in hits], np.int32)
    return segments, np.array([address.doc for _score, address in hits], np.int32)

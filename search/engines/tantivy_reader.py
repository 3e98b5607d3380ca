"""The part of the embedded index that a reader may see: whatever is asked of it carries her audiences."""

from collections.abc import Iterable, Sequence

from tantivy import Occur, Query

from search.engines import tantivy_index as fields
from search.engines.memory import Source
from search.query import SearchRequest

PREFIX_TERMS = 30  # the most words that a beginning may stand for
_BEST = 10  # documents with a word, among which one that the reader may see is looked for first

Clause = tuple[Occur, Query]


class ReaderView:
    """What one reader may find out about documents and words."""

    def __init__(self, snapshot: Source, request: SearchRequest) -> None:
        self._schema = snapshot.schema
        self._searcher = snapshot.searcher
        self._memory = snapshot.memory
        self._phrases = snapshot.phrases
        self._request = request
        self._audience = self._any_of(fields.AUDIENCE, request.audiences)

    def _scope(self) -> list[Clause]:
        """What the reader may see, of the kinds and the documents that are asked for."""
        clauses: list[Clause] = [(Occur.Must, self._audience)]
        if self._request.kinds and not set(self._request.kinds).issuperset(self._kinds()):
            clauses.append((Occur.Must, self._any_of(fields.KIND, self._request.kinds)))
        if self._request.within is not None:
            clauses.append((Occur.Must, self._any_of(fields.ID, self._request.within.ids)))
        return clauses

    def _kinds(self) -> frozenset[str]:
        """All there are: who asks for every one of them needs no filter."""
        known: frozenset[str] | None = self._memory.get(("kinds",))
        if known is None:
            found = self._searcher.terms_with_prefix(fields.KIND, "")
            known = self._memory[("kinds",)] = frozenset(kind for kind, _number in found)
        return known

    def _any_of(self, field: str, terms: Iterable[str]) -> Query:
        """A filter: it does not touch the score.

        A set of terms gathers all its documents before the first is asked for; one term, the usual case, need not.
        """
        distinct = sorted(set(terms))
        if len(distinct) == 1:
            found = Query.term_query(self._schema, field, distinct[0], index_option="basic")
        else:
            found = Query.term_set_query(self._schema, field, distinct)
        return Query.const_score_query(found, 0.0)

    def _is_visible(self, field: str, term: str) -> bool:
        key = (self._request.audiences, field, term)
        known = self._memory.get(key)
        if known is None:
            known = self._memory[key] = self._has_visible(field, term)
        return bool(known)

    def _has_visible(self, field: str, term: str) -> bool:
        """Whether any document with a term is one that the reader may see.

        Tantivy finds the best few with a term without looking at the others, which a filter would make it do. Mostly
        one of them may be seen; if not, all of them are looked at.
        """
        if not self._searcher.doc_freq(field, term):
            return False
        wanted = Query.term_query(self._schema, field, term, index_option="freq")
        sets = self._memory.sets
        if sets is not None:
            best = self._searcher.search(wanted, _BEST, count=False).hits
            if sets.has_any(fields.AUDIENCE, self._request.audiences, (address for _score, address in best)):
                return True
        query = Query.boolean_query([(Occur.Must, self._audience), (Occur.Must, wanted)])
        return bool(self._searcher.search(query, 1, count=False).hits)

    def _company(self, word: str, stems: Sequence[str]) -> float:
        """Of the documents with a word the part that also have any of these stems."""
        with_word = [(Occur.Must, self._audience), (Occur.Must, Query.term_query(self._schema, fields.EXACT, word))]
        number = self._count(with_word)
        return self._count([*with_word, (Occur.Must, self._any_of(fields.ALL, stems))]) / number if number else 0.0

    def _count(self, clauses: list[Clause]) -> int:
        return int(getattr(self._searcher.search(Query.boolean_query(clauses), 1), "count", 0) or 0)

    def _words_beginning(self, prefix: str, field: str = fields.EXACT) -> list[str]:
        """The most frequent ones. Going through all that begin so takes the time, however few are wanted."""
        key = ("beginning", self._request.audiences, field, prefix)
        known: list[str] | None = self._memory.get(key)
        if known is None:
            found = self._searcher.terms_with_prefix(field, prefix, filter_query=self._audience, limit=PREFIX_TERMS)
            known = self._memory[key] = [word for word, _ in found]
        return known

"""The same documents as a search finds, without what only puts them in order."""

from collections.abc import Iterable

from tantivy import Occur, Query

from search.engines import tantivy_index as fields
from search.engines.tantivy_query import PART_WEIGHT, WORD_WEIGHT, QueryBuilder
from search.plan import Word


class CountingQueryBuilder(QueryBuilder):
    """Finds what a QueryBuilder finds, for counting: nobody looks at the scores.

    A word of a title, the literal form of a word and a pair of words all stand in documents that have the stem.
    """

    def number_with(self, query: Query, facet: str, value: str) -> int:
        """How many of the documents that a query finds have this value."""
        with_value = self._any_of(fields.FACET, [fields.facet_term(facet, value)])
        return self._count([(Occur.Must, query), (Occur.Must, with_value)])

    def _word(self, word: Word) -> list[Query]:
        if word.stem is None:
            return super()._word(word)
        terms = dict.fromkeys(word.parts, PART_WEIGHT) | {word.stem: WORD_WEIGHT}
        return [self._term(fields.ALL, term, weight) for term, weight in terms.items()]

    def _titled(self, term: str, weight: float) -> Iterable[Query]:
        return ()

    def _pairs(self, stems: Iterable[str]) -> list[Query]:
        return []

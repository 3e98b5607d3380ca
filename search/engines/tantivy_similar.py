"""Documents like one that the reader is looking at: those that share its most telling words."""

import math
from collections.abc import Iterable
from heapq import nsmallest

from tantivy import Occur, Query

from search.engines import tantivy_index as fields
from search.engines.memory import REMEMBERED
from search.engines.tantivy_query import QueryBuilder
from search.engines.tantivy_search import Snapshot, stored_text
from search.engines.telling import said
from search.query import SearchRequest

TELLING = 25  # words that the search asks for
SHARED = 3  # telling words that a document must share to be alike
_RARITIES = ("rarities",)
TOO_USUAL = 0.3  # a word in more than this part of the documents says nothing about one


def more_like(snapshot: Snapshot, document_id: str, request: SearchRequest) -> tuple[str, ...]:
    """Ids, most alike first, at most a page of them; nothing for a document that the reader may not see."""
    builder = SimilarQueryBuilder(snapshot, request)
    found = snapshot.searcher.search(builder.itself(document_id), 1, count=False).hits
    if not found:
        return ()
    document = snapshot.searcher.doc(found[0][1])
    terms = dict(
        _telling(snapshot, said(stored_text(document, fields.CONCORDANCE), stored_text(document, fields.WEIGHTS)))
    )
    if len(terms) < SHARED:
        return ()
    query = builder.sharing(terms, document_id)
    hits = snapshot.searcher.search(query, request.page_size, count=False, weight_by_field=fields.TIE_BREAKER).hits
    return tuple(stored_text(snapshot.searcher.doc(address), fields.ID) for _score, address in hits)


class SimilarQueryBuilder(QueryBuilder):
    """Asks for documents by their words, within what the reader may see."""

    def itself(self, document_id: str) -> Query:
        """This document, when the reader may see it."""
        wanted = Query.term_query(self._schema, fields.ID, document_id)
        return Query.boolean_query([(Occur.Must, self._audience), (Occur.Must, wanted)])

    def sharing(self, terms: dict[str, float], document_id: str) -> Query:
        """Others that hold at least SHARED of these stems."""
        clauses: list[tuple[Occur, Query]] = [
            (Occur.Must, self._audience),
            (Occur.MustNot, Query.term_query(self._schema, fields.ID, document_id)),
        ]
        if self._request.kinds:
            clauses.append((Occur.Must, self._any_of(fields.KIND, self._request.kinds)))
        wanted = [(Occur.Should, self._stem(term, weight)) for term, weight in terms.items()]
        clauses.append((Occur.Must, Query.boolean_query(wanted, minimum_number_should_match=SHARED)))
        return Query.boolean_query(clauses)

    def _stem(self, term: str, weight: float) -> Query:
        return Query.boost_query(Query.term_query(self._schema, fields.ALL, term, index_option="freq"), weight)


def _telling(snapshot: Snapshot, weighed: Iterable[tuple[float, list[str]]]) -> list[tuple[str, float]]:
    """The terms that set a document apart (often here, seldom elsewhere), with a weight up to 1."""
    known: dict[str, float] = snapshot.memory.get(_RARITIES) or {}
    scores = []
    for weight, terms in weighed:
        for term in terms:
            rarity = known.get(term)
            if rarity is None:
                rarity = known[term] = _rarity(snapshot, term)
            if rarity:
                scores.append((-weight * rarity, term))
    snapshot.memory[_RARITIES] = known if len(known) < REMEMBERED else {}
    best = nsmallest(TELLING, scores)
    return [(term, score / best[0][0]) for score, term in best]


def _rarity(snapshot: Snapshot, term: str) -> float:
    """What one occurrence of a term tells; 0 for one that stands nowhere else, or in too many documents."""
    number, frequency = snapshot.searcher.num_docs, snapshot.searcher.doc_freq(fields.ALL, term)
    return math.log(1 + number / frequency) if 1 < frequency <= max(2, TOO_USUAL * number) else 0.0

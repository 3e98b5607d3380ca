"""Suggestions while somebody types: titles of documents that the reader may see."""

from collections.abc import Sequence

from tantivy import Occur, Query

from search.corrections import Corrector
from search.engines import tantivy_index as fields
from search.engines.tantivy_query import PREFIX_WEIGHT, WORD_WEIGHT, QueryBuilder
from search.engines.tantivy_reader import Clause
from search.engines.tantivy_search import Snapshot
from search.highlight import Highlighter
from search.language.stems import STOP_WORDS, stem
from search.plan import build_plan
from search.query import SearchHit, SearchRequest
from search.syntax import ParsedText, parse


class TitleQueryBuilder(QueryBuilder):
    """Titles that hold every word."""

    def holding(self, words: Sequence[str], *, open_ended: bool) -> Query:
        """All of these folded words, the last one perhaps unfinished."""
        clauses: list[Clause] = [(Occur.Must, self._audience)]
        if self._request.kinds:
            clauses.append((Occur.Must, self._any_of(fields.KIND, self._request.kinds)))
        for position, word in enumerate(words):
            unfinished = open_ended and position == len(words) - 1
            clauses.append((Occur.Must, self._in_title(word, unfinished=unfinished)))
        return Query.boolean_query(clauses)

    def _in_title(self, word: str, *, unfinished: bool) -> Query:
        whole = self._term(fields.TITLE, stem(word), WORD_WEIGHT)
        if not unfinished:
            return whole
        # A stem may be shorter than what was typed already: look at the stems of whole words too.
        stems = {stem(found) for found in self._words_beginning(word)}
        stems.update(self._words_beginning(word, fields.TITLE))
        begun = Query.const_score_query(Query.term_set_query(self._schema, fields.TITLE, sorted(stems)), PREFIX_WEIGHT)
        return Query.disjunction_max_query([whole, begun])


def suggest(snapshot: Snapshot, request: SearchRequest) -> tuple[SearchHit, ...]:
    """Titles for what is being typed; for what is mistyped when nothing else fits."""
    builder = TitleQueryBuilder(snapshot, request)
    parsed = parse(request.text)
    hits = _titled(snapshot, request, builder, parsed)
    if hits or not parsed.words:
        return hits
    found = Corrector(snapshot.analyzer, snapshot.speller, builder.vision()).corrections(parsed)
    return _titled(snapshot, request, builder, parse(parsed.replaced(found))) if found else ()


def _titled(
    snapshot: Snapshot, request: SearchRequest, builder: TitleQueryBuilder, parsed: ParsedText
) -> tuple[SearchHit, ...]:
    if parsed.phrases or parsed.excluded:
        return ()
    last = len(parsed.words) - 1
    words = [
        token.word
        for position, token in enumerate(parsed.words)
        if token.word not in STOP_WORDS or (parsed.open_ended and position == last)
    ]
    if not words:
        return ()
    query = builder.holding(words, open_ended=parsed.open_ended)
    weight = fields.TIE_BREAKER
    found = snapshot.searcher.search(query, request.page_size, count=False, weight_by_field=weight).hits
    highlighter = Highlighter(build_plan(parsed, snapshot.analyzer, builder.vision()), snapshot.analyzer)
    return tuple(snapshot.titled(score, address, highlighter) for score, address in found)

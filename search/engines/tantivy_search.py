"""One search on one snapshot of the embedded index."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import tantivy
from django.utils.safestring import SafeString
from tantivy import DocAddress, Order, Query

from search.corrections import Corrector
from search.engines import tantivy_index as fields
from search.engines.memory import Memory
from search.engines.tantivy_counting import CountingQueryBuilder
from search.engines.tantivy_query import QueryBuilder
from search.highlight import MARK, Highlighter
from search.language import Analyzer, Speller
from search.params import Sort
from search.plan import Plan, build_plan
from search.query import SearchHit, SearchRequest, SearchResults
from search.synonyms import NONE
from search.syntax import ParsedText, parse

_MAXIMUM_BUCKETS = 10_000  # looked at in each part of the index, so that the counts are exact
_MAXIMUM_VALUES = 400  # of one facet, that all are counted: more than there are municipalities
_MOST_FREQUENT = 100  # that are counted of a facet with more values than that, beside the selected ones
# More values than this are counted in the column that holds all: handing over those of every place takes longer.
_MANY = 100
_FEW_SETS = 64  # of values of a facet, as documents have them, up to which the sets are counted
_SORT_FIELDS = {
    Sort.NEWEST: fields.NEWEST,
    Sort.EVIDENCE: fields.EVIDENCE,
    Sort.SOONEST: fields.HAPPENS,
    Sort.LATEST: fields.HAPPENS,
}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An index as a search sees it from beginning to end."""

    searcher: tantivy.Searcher
    schema: tantivy.Schema
    analyzer: Analyzer
    speller: Speller
    memory: Memory = field(default_factory=Memory)

    def search(self, request: SearchRequest) -> SearchResults:
        """Plan, correct, match, count, highlight."""
        builder = QueryBuilder(self, request)
        parsed, suggestion = self._corrected(request, builder)
        plan = build_plan(parsed, self.analyzer, builder.vision(), request.synonyms or NONE)
        order = _SORT_FIELDS.get(request.sort)
        if not (parsed.words or parsed.phrases):
            order = order or fields.EVIDENCE  # nothing to be relevant to
        found, total, page = self._page(builder.filtered(builder.matching(plan)), order, request)
        highlighter = Highlighter(plan, self.analyzer)
        return SearchResults(
            hits=tuple(self.hit(score, address, highlighter) for score, address in found),
            total=total,
            page=page,
            page_size=request.page_size,
            facets=self._counts(request, plan) if request.facets else {},
            suggestion=suggestion,
        )

    def _corrected(self, request: SearchRequest, builder: QueryBuilder) -> tuple[ParsedText, str | None]:
        """The query to answer, and its text when that is not what was typed."""
        parsed = parse(request.text)
        if request.literal or not parsed.words:
            return parsed, None
        synonyms = request.synonyms or NONE
        found = Corrector(self.analyzer, self.speller, builder.vision(), synonyms).corrections(parsed)
        if not found:
            return parsed, None
        suggestion = parsed.replaced(found)
        return parse(suggestion), suggestion

    def _page(
        self, query: Query, order: str | None, request: SearchRequest
    ) -> tuple[list[tuple[Any, DocAddress]], int, int]:
        """The hits of the page asked for, or of the last one; the total; the page."""
        page = request.page
        while True:
            result = self.searcher.search(
                query,
                request.page_size,
                order_by_field=order,
                weight_by_field=None if order else fields.TIE_BREAKER,
                offset=(page - 1) * request.page_size,
                order=Order.Asc if request.sort is Sort.SOONEST else Order.Desc,
            )
            total = int(getattr(result, "count", 0) or 0)
            last = max(1, -(-total // request.page_size))
            if page <= last:
                return result.hits, total, page
            page = last

    def _counts(self, request: SearchRequest, plan: Plan) -> Mapping[str, Mapping[str, int]]:
        """Per facet the number of results of every value; a facet's own selection does not narrow its counts."""
        builder = CountingQueryBuilder(self, request)
        query = builder.dated(builder.matching(plan))
        counts = self._count(query, request)
        for name, counted in counts.items():
            missing = set(request.selected(name)).difference(counted)
            if not missing or self._counts_all(name):
                continue
            within = builder.filtered(query, except_facet=name)
            for value in missing:
                if number := builder.number_with(within, name, value):  # less frequent than all that were counted
                    counted[value] = number
        return counts

    def _counts_all(self, facet: str) -> bool:
        """Whether the columns of a facet hand over every value, so that one that is missing has no results."""
        return (fields.COUNTED, _MOST_FREQUENT) not in self._columns(facet)

    def _count(self, query: Query, request: SearchRequest) -> dict[str, dict[str, int]]:
        """All facets in one pass over what the text finds: each within the values that are selected of the others."""
        asked: dict[str, Any] = {}
        for place, (within, names) in enumerate(_alike(request).items()):
            group = {
                f"{column}{fields.SEPARATOR}{name}": _terms(name, column, size)
                for name in names
                for column, size in self._columns(name)
            }
            asked |= {f"within_{place}": {"filter": within, "aggs": group}} if within else group
        counts: dict[str, dict[str, int]] = {facet.name: {} for facet in request.facets}
        for key, found in _flat(self.searcher.aggregate(query, asked)):
            counted = counts[key.partition(fields.SEPARATOR)[2]]
            for bucket in found["buckets"]:
                number = int(bucket["doc_count"])
                for value in bucket["key"].split(fields.SEPARATOR):  # only a set holds several
                    counted[value] = counted.get(value, 0) + number
        for counted in counts.values():
            counted.pop(fields.FILLER, None)
        return counts

    def _columns(self, facet: str) -> tuple[tuple[str, int], ...]:
        """The columns in which a facet is counted quickest, and how many of their values to hand over."""
        key = ("columns", facet)
        known: tuple[tuple[str, int], ...] | None = self.memory.get(key)
        if known is None:
            known = self.memory[key] = self._quickest(facet)
        return known

    def _quickest(self, facet: str) -> tuple[tuple[str, int], ...]:
        sets = self.searcher.aggregate(Query.all_query(), {"sets": _terms(facet, fields.SETS, _FEW_SETS + 1)})
        if len(sets["sets"]["buckets"]) <= _FEW_SETS:
            return ((fields.SETS, _FEW_SETS),)
        beginning = fields.facet_term(facet, "")
        number = len(self.searcher.terms_with_prefix(fields.FACET, beginning, limit=_MAXIMUM_VALUES + 1))
        if number <= _MANY:
            return tuple((column, _MAXIMUM_VALUES) for column in (*fields.PLACES, fields.REMAINDER))
        return ((fields.COUNTED, number if number <= _MAXIMUM_VALUES else _MOST_FREQUENT),)

    def hit(self, score: Any, address: DocAddress, highlighter: Highlighter) -> SearchHit:
        document = self.searcher.doc(address)
        text, known = decoded(document, fields.SHOWN), decoded(document, fields.CONCORDANCE)
        title_html, snippet_html = highlighter.shown(text, known)
        attached = None
        if MARK not in title_html and MARK not in snippet_html:
            attached = highlighter.attachment(json.loads(decoded(document, fields.SHOWN_ATTACHMENTS) or "[]"))
        return SearchHit(
            id=str(document.get_first(fields.ID)),
            kind=str(document.get_first(fields.KIND)),
            score=float(score),
            title_html=title_html,
            snippet_html=attached[1] if attached else snippet_html,
            attachment=attached[0] if attached else None,
        )

    def titled(self, score: Any, address: DocAddress, highlighter: Highlighter) -> SearchHit:
        """Without a passage: who is still typing sees titles only."""
        document = self.searcher.doc(address)
        return SearchHit(
            id=str(document.get_first(fields.ID)),
            kind=str(document.get_first(fields.KIND)),
            score=float(score),
            title_html=highlighter.title(decoded(document, fields.SHOWN), decoded(document, fields.CONCORDANCE)),
            snippet_html=SafeString(""),
        )

    def ids(self) -> list[tuple[str, str]]:
        """The id and fingerprint of every document."""
        number = self.searcher.num_docs
        if not number:
            return []
        hits = self.searcher.search(Query.all_query(), number, count=False).hits
        documents = (self.searcher.doc(address) for _, address in hits)
        return [(str(found.get_first(fields.ID)), decoded(found, fields.FINGERPRINT)) for found in documents]


def _alike(request: SearchRequest) -> dict[str, list[str]]:
    """The facets by what narrows their counts: the selected values of the other ones, in tantivy's query language."""
    selected = {facet.name: within for facet in request.facets if (within := _one_of(facet.name, request))}
    found: dict[str, list[str]] = {}
    for facet in request.facets:
        others = [within for name, within in selected.items() if name != facet.name]
        found.setdefault(" AND ".join(others), []).append(facet.name)
    return found


def _one_of(facet: str, request: SearchRequest) -> str:
    """Any of the selected values, quoted so that nothing in them is taken for an operator; empty when there is none."""
    terms = (fields.facet_term(facet, value) for value in dict.fromkeys(request.selected(facet)))
    escaped = (term.replace("\\", "\\\\").replace('"', '\\"') for term in terms)
    alternatives = " OR ".join(f'{fields.FACET}:"{term}"' for term in escaped)
    return alternatives and f"({alternatives})"


def _flat(found: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The counted columns, also those inside a filter."""
    for key, value in found.items():
        if "buckets" in value:
            yield key, value
        elif isinstance(value, dict):
            inner = {name: column for name, column in value.items() if name != "doc_count"}
            yield from _flat(inner)


def _terms(facet: str, column: str, size: int) -> dict[str, Any]:
    terms = {"field": fields.column(facet, column), "size": size, "segment_size": _MAXIMUM_BUCKETS}
    return {"terms": terms}


def decoded(document: tantivy.Document, field: str) -> str:
    """A stored text."""
    return bytes(document.get_first(field) or b"").decode()

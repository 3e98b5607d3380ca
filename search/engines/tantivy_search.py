"""One search on one snapshot of the embedded index."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeAlias

import tantivy
from django.utils.safestring import SafeString
from tantivy import DocAddress, Order, Query

from search.corrections import Corrector
from search.engines import tantivy_index as fields
from search.engines.aside import ASIDE
from search.engines.memory import Memory, Stored
from search.engines.tantivy_facets import FacetCounter
from search.engines.tantivy_query import QueryBuilder
from search.highlight import Highlighter
from search.language import Analyzer, Speller
from search.language.phrases import Phrases
from search.marks import MARK
from search.params import Sort
from search.plan import build_plan
from search.query import SearchHit, SearchRequest, SearchResults
from search.synonyms import NONE
from search.syntax import ParsedText, parse

WORTH_A_THREAD = 2_000  # documents; among fewer, finding takes no longer than handing it over

_SORT_FIELDS = {
    Sort.NEWEST: fields.NEWEST,
    Sort.EVIDENCE: fields.EVIDENCE,
    Sort.SOONEST: fields.HAPPENS,
    Sort.LATEST: fields.HAPPENS,
}


_Page: TypeAlias = tuple[list[tuple[Any, DocAddress]], int, int]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An index as a search sees it from beginning to end."""

    searcher: tantivy.Searcher
    schema: tantivy.Schema
    analyzer: Analyzer
    speller: Speller
    memory: Memory = field(default_factory=Memory)

    @property
    def phrases(self) -> Phrases:
        """That every document was searched for when it was indexed."""
        return self.analyzer.lexicon.phrases

    def search(self, request: SearchRequest) -> SearchResults:
        """Plan, correct, match, count, highlight."""
        builder = QueryBuilder(self, request)
        parsed, suggestion = self._corrected(request, builder)
        plan = build_plan(parsed, self.analyzer, builder.vision(), request.synonyms or NONE)
        order = _SORT_FIELDS.get(request.sort)
        if not (parsed.words or parsed.phrases):
            order = order or fields.EVIDENCE  # nothing to be relevant to
        find: Callable[[], _Page] = partial(self._page, builder.filtered(builder.matching(plan)), order, request)
        if request.facets and self.searcher.num_docs >= WORTH_A_THREAD:
            find = ASIDE.begin(find)
        facets = FacetCounter.of(self, request, plan).counts() if request.facets else {}
        found, total, page = find()
        highlighter = Highlighter(plan, self.analyzer)
        return SearchResults(
            hits=tuple(self.hit(score, address, highlighter) for score, address in found),
            total=total,
            page=page,
            page_size=request.page_size,
            facets=facets,
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

    def _page(self, query: Query, order: str | None, request: SearchRequest) -> _Page:
        """The hits of the page asked for, or of the last one, with their documents read; the total; the page."""
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
                for _score, address in result.hits:
                    self._stored(address)  # read while others count: `hit` finds it in memory
                return result.hits, total, page
            page = last

    def hit(self, score: Any, address: DocAddress, highlighter: Highlighter) -> SearchHit:
        stored = self._stored(address)
        title_html, snippet_html = highlighter.shown(stored.text, stored.known)
        attached = None
        if MARK not in title_html and MARK not in snippet_html:
            attachments = stored_text(self.searcher.doc(address), fields.SHOWN_ATTACHMENTS)
            attached = highlighter.attachment(json.loads(attachments or "[]"))
        return SearchHit(
            id=stored.id,
            kind=stored.kind,
            score=float(score),
            title_html=title_html,
            snippet_html=attached[1] if attached else snippet_html,
            attachment=attached[0] if attached else None,
        )

    def titled(self, score: Any, address: DocAddress, highlighter: Highlighter) -> SearchHit:
        """Without a passage: who is still typing sees titles only."""
        stored = self._stored(address)
        return SearchHit(
            id=stored.id,
            kind=stored.kind,
            score=float(score),
            title_html=highlighter.title(stored.text, stored.known),
            snippet_html=SafeString(""),
        )

    def _stored(self, address: DocAddress) -> Stored:
        """A document that the reader was found to see."""
        place = address.segment_ord, address.doc
        known = self.memory.texts.get(place)
        if known is None:
            found = self.searcher.doc(address)
            known = self.memory.texts[place] = Stored(
                stored_text(found, fields.ID),
                stored_text(found, fields.KIND),
                stored_text(found, fields.SHOWN),
                stored_text(found, fields.CONCORDANCE),
            )
        return known

    def ids(self) -> list[tuple[str, str]]:
        """The id and fingerprint of every document."""
        number = self.searcher.num_docs
        if not number:
            return []
        hits = self.searcher.search(Query.all_query(), number, count=False).hits
        documents = (self.searcher.doc(address) for _, address in hits)
        return [(stored_text(found, fields.ID), stored_text(found, fields.FINGERPRINT)) for found in documents]


def stored_text(document: tantivy.Document, field: str) -> str:
    """A stored text; empty where there is none."""
    return document.get_first(field) or ""

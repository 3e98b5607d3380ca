"""The same documents as a search finds, as a set, without what only puts them in order."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import reduce
from threading import Thread
from weakref import ReferenceType, ref

import numpy as np

from search.engines import tantivy_index as fields
from search.engines.base import IndexUnavailable
from search.engines.document_sets import Bits, DocumentSet, DocumentSets, warm
from search.engines.memory import Source
from search.engines.tantivy_query import EXACT_FIELDS, QueryBuilder
from search.language import is_indexed
from search.language.stems import stem
from search.plan import Plan
from search.query import SearchRequest


class DocumentFinder(QueryBuilder):
    """Finds what a QueryBuilder finds, for counting: nobody looks at the scores."""

    def __init__(self, source: Source, request: SearchRequest) -> None:
        super().__init__(source, request)
        self.sets = _sets_of(source)

    def found(self, plan: Plan) -> Bits:
        """What the text asks for, within what the reader may see and all that narrows a request but its facets."""
        found = self._visible()
        for phrase in plan.excluded:
            found = found & ~self._with_phrase(phrase)
        for phrase in plan.phrases:
            found = found & self._with_phrase(phrase)
        if not plan.phrases and (ways := list(self._ways(plan))):
            found = found & self.sets.union(ways)
        return found

    def with_any(self, facet: str, values: Sequence[str]) -> Bits:
        """Whatever has one of these values; of that, a reader may see a part."""
        terms = {fields.facet_term(facet, value) for value in values}
        return self.sets.union(self.sets.term(fields.FACET, term) for term in terms)

    def _visible(self) -> Bits:
        """See the `_scope` of the base class, and `dated`."""
        request, sets = self._request, self.sets
        within = [sets.union(sets.term(fields.AUDIENCE, audience) for audience in request.audiences)]
        if request.kinds and not set(request.kinds).issuperset(self._kinds()):
            within.append(sets.union(sets.term(fields.KIND, kind) for kind in request.kinds))
        if request.within is not None:
            within.append(sets.union([sets.with_ids(request.within.ids)]))
        if request.days:
            days = request.days
            key = (fields.UPDATED, days.first, days.last)
            within.append(sets.union([sets.query(key, self._updated(days), self._searcher.num_docs)]))
        return reduce(np.bitwise_and, within)

    def _ways(self, plan: Plan) -> Iterator[DocumentSet]:
        """Where a word of a title, the literal form of a word or a pair of words stands, the stem stands too.

        So does it where a word stands that only begins like the last one: of those, words by another stem are left.
        """
        sets = self.sets
        phrases = [phrase for found in plan.expansions for phrase in (*found.equivalents, *found.beside)]
        single = [stem(phrase[0]) for phrase in phrases if len(phrase) == 1]
        stems = [term for word in plan.words if word.stem is not None for term in (word.stem, *word.parts)]
        stems = list(dict.fromkeys((*stems, *plan.joined, *single)))
        begun = self._begun_stems(plan)
        known = {*stems, *begun}
        for field in (fields.ALL, fields.ATTACHED):
            yield from (sets.term(field, term) for term in stems)
            if begun:
                yield sets.any_of(field, begun)
        yield from (sets.term(fields.EXACT, word.literal) for word in plan.words if word.stem is None)
        for field in EXACT_FIELDS:
            words = self._begun_words(plan, field)
            if words := [word for word in words if stem(word) not in known or not is_indexed(word)]:
                yield sets.any_of(field, words)
            yield from (self._with_phrase_in(field, phrase) for phrase in phrases if len(phrase) > 1)

    def _with_phrase(self, words: Sequence[str]) -> Bits:
        """On the page or in an attachment."""
        return self.sets.union(self._with_phrase_in(field, words) for field in EXACT_FIELDS)

    def _with_phrase_in(self, field: str, words: Sequence[str]) -> DocumentSet:
        if len(words) == 1:
            return self.sets.term(field, words[0])
        if words in self._phrases:
            return self.sets.term(fields.PHRASES[field], " ".join(words))
        most = min(self._searcher.doc_freq(field, word) for word in words)
        return self.sets.query(("phrase", field, *words), self._phrase_in(field, words), most)


def _sets_of(source: Source) -> DocumentSets:
    """Of this state of the index. Whoever counts first does not wait for what others will ask."""
    sets = source.memory.sets
    if sets is None:
        sets = source.memory.sets = DocumentSets(source.searcher, source.schema)
        if sets.is_worth_warming:
            Thread(target=_warm, args=(ref(sets),), name="document-sets").start()
    return sets


def _warm(sets: "ReferenceType[DocumentSets]") -> None:
    with suppress(IndexUnavailable), fields.guarded():  # whoever searches next finds out
        warm(sets)

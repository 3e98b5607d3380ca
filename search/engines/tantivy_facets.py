"""How many results every value of every facet has."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce

import numpy as np

from search.engines.document_sets import Bits, Found
from search.engines.memory import Source
from search.engines.tantivy_counting import DocumentFinder
from search.plan import Plan
from search.query import SearchRequest

_MOST_VALUES = 400  # of one facet, that all are handed over: more than there are municipalities
_MOST_FREQUENT = 100  # that are handed over of a facet with more values than that, beside the selected ones


@dataclass(frozen=True, slots=True)
class FacetCounter:
    """Counts for one search; a facet's own selection does not narrow its counts."""

    request: SearchRequest
    finder: DocumentFinder
    found: Bits  # by the text, whatever is selected

    @classmethod
    def of(cls, source: Source, request: SearchRequest, plan: Plan) -> "FacetCounter":
        """For what a plan finds."""
        finder = DocumentFinder(source, request)
        return cls(request, finder, finder.found(plan))

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """By facet and value."""
        narrowed = {
            facet.name: self.finder.with_any(facet.name, values)
            for facet in self.request.facets
            if (values := self.request.selected(facet.name))
        }
        columns = self.finder.sets.columns(facet.name for facet in self.request.facets)
        usual = columns.numbers(Found(reduce(np.bitwise_and, narrowed.values(), self.found)))
        counts = {}
        for facet in self.request.facets:
            others = [within for name, within in narrowed.items() if name != facet.name]
            is_narrowed = len(others) < len(narrowed)
            numbers = columns.numbers(Found(reduce(np.bitwise_and, others, self.found))) if is_narrowed else usual
            selected = self.request.selected(facet.name)
            counts[facet.name] = columns.counts(
                facet.name, numbers, most=_MOST_VALUES, fewer=_MOST_FREQUENT, selected=selected
            )
        return counts

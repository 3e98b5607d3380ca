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
        within_all = Found(reduce(np.bitwise_and, narrowed.values(), self.found))
        return {
            facet.name: self._counted(facet.name, self._but(facet.name, narrowed, within_all))
            for facet in self.request.facets
        }

    def _but(self, facet: str, narrowed: Mapping[str, Bits], within_all: Found) -> Found:
        """Within the selected values of the other facets."""
        if facet not in narrowed:
            return within_all
        others = [within for name, within in narrowed.items() if name != facet]
        return Found(reduce(np.bitwise_and, others, self.found))

    def _counted(self, facet: str, found: Found) -> dict[str, int]:
        selected = self.request.selected(facet)
        column = self.finder.sets.column(facet)
        return column.counts(found, most=_MOST_VALUES, fewer=_MOST_FREQUENT, selected=selected)

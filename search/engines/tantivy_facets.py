"""How many results every value of every facet has."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tantivy import Query

from search.engines import tantivy_index as fields
from search.engines.memory import Source
from search.engines.tantivy_counting import CountingQueryBuilder
from search.plan import Plan
from search.query import SearchRequest

_MAXIMUM_BUCKETS = 10_000  # looked at in each part of the index, so that the counts are exact
_MAXIMUM_VALUES = 400  # of one facet, that all are counted: more than there are municipalities
_MOST_FREQUENT = 100  # that are counted of a facet with more values than that, beside the selected ones
# More values than this are counted in the column that holds all: handing over those of every place takes longer.
_MANY = 100
_FEW_SETS = 64  # of values of a facet, as documents have them, up to which the sets are counted

Counts = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class FacetCounter:
    """Counts for one search; a facet's own selection does not narrow its counts."""

    source: Source
    request: SearchRequest
    builder: CountingQueryBuilder
    found: Query  # by the text, whatever is selected

    @classmethod
    def of(cls, source: Source, request: SearchRequest, plan: Plan) -> "FacetCounter":
        """For what a plan finds."""
        builder = CountingQueryBuilder(source, request)
        return cls(source, request, builder, builder.dated(builder.matching(plan)))

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """By facet and value."""
        counts = self._counted()
        for name, counted in counts.items():
            self._add_selected(name, counted)
        return counts

    def _add_selected(self, name: str, counted: dict[str, int]) -> None:
        """The selected values that are less frequent than all that were counted."""
        missing = set(self.request.selected(name)).difference(counted)
        if not missing or self._counts_all(name):
            return
        within = self.builder.filtered(self.found, except_facet=name)
        for value in missing:
            if number := self.builder.number_with(within, name, value):
                counted[value] = number

    def _counts_all(self, facet: str) -> bool:
        """Whether the columns of a facet hand over every value, so that one that is missing has no results."""
        return (fields.COUNTED, _MOST_FREQUENT) not in self._columns(facet)

    def _counted(self) -> Counts:
        """All facets in one pass over what the text finds: each within the values that are selected of the others."""
        asked: dict[str, Any] = {}
        for place, (within, names) in enumerate(_alike(self.request).items()):
            group = {
                f"{column}{fields.SEPARATOR}{name}": self._terms(name, column, size)
                for name in names
                for column, size in self._columns(name)
            }
            asked |= {f"within_{place}": {"filter": within, "aggs": group}} if within else group
        counts: Counts = {facet.name: {} for facet in self.request.facets}
        for name_of_column, found in _flat(self.source.searcher.aggregate(self.found, asked)):
            column, _separator, name = name_of_column.partition(fields.SEPARATOR)
            numbers = {bucket["key"]: bucket["doc_count"] for bucket in found["buckets"]}
            if column == fields.SETS:
                for values, number in numbers.items():
                    _add(counts[name], dict.fromkeys(values.split(fields.SEPARATOR), number))
            elif counts[name]:
                _add(counts[name], numbers)
            else:
                counts[name] = numbers
        for counted in counts.values():
            counted.pop(fields.FILLER, None)
        return counts

    def _columns(self, facet: str) -> tuple[tuple[str, int], ...]:
        """The columns in which a facet is counted quickest, and how many of their values to hand over."""
        key = ("columns", facet)
        known: tuple[tuple[str, int], ...] | None = self.source.memory.get(key)
        if known is None:
            known = self.source.memory[key] = self._quickest(facet)
        return known

    def _quickest(self, facet: str) -> tuple[tuple[str, int], ...]:
        if len(self._everywhere(facet, fields.SETS, _FEW_SETS + 1)) <= _FEW_SETS:
            return ((fields.SETS, _FEW_SETS),)
        searcher = self.source.searcher
        beginning = fields.facet_term(facet, "")
        number = len(searcher.terms_with_prefix(fields.FACET, beginning, limit=_MAXIMUM_VALUES + 1))
        if number <= _MANY:
            columns = (*fields.PLACES, fields.REMAINDER)
            return tuple((column, _MAXIMUM_VALUES) for column in columns if self._is_filled(facet, column))
        return ((fields.COUNTED, number if number <= _MAXIMUM_VALUES else _MOST_FREQUENT),)

    def _is_filled(self, facet: str, column: str) -> bool:
        """Whether any document has more than a filler there: few have as many values as there are places."""
        found = self._everywhere(facet, column, 2)
        return any(bucket["key"] != fields.FILLER for bucket in found)

    def _everywhere(self, facet: str, column: str, size: int) -> list[dict[str, Any]]:
        """The most frequent values of a column, of all documents."""
        asked = {"found": self._terms(facet, column, size)}
        found: list[dict[str, Any]] = self.source.searcher.aggregate(Query.all_query(), asked)["found"]["buckets"]
        return found

    def _terms(self, facet: str, column: str, size: int) -> dict[str, Any]:
        """The values of a column. One part of an index needs to look no further than what it hands over."""
        looked_at = size if self.source.searcher.num_segments == 1 else _MAXIMUM_BUCKETS
        return {"terms": {"field": fields.column(facet, column), "size": size, "segment_size": looked_at}}


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


def _add(counted: dict[str, int], numbers: Mapping[str, int]) -> None:
    for value, number in numbers.items():
        counted[value] = counted.get(value, 0) + number


def _flat(found: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The counted columns, also those inside a filter."""
    for key, value in found.items():
        if "buckets" in value:
            yield key, value
        elif isinstance(value, dict):
            inner = {name: column for name, column in value.items() if name != "doc_count"}
            yield from _flat(inner)

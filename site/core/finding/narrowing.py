"""A filter of a list that the database answers, because no index can know it: who is free next week."""

from typing import Protocol

from core.finding.options import Link
from search.query import SearchRequest, Sort, Within


class Narrowing(Protocol):
    """What a reader asked for beside words and facets. Made for one request; `within` is None where she asked nothing.

    `stays` says that it holds also where every filter is taken off. `otherwise` is a way out of an empty result, in the
    words of `anyway`: what is found without it, or at another time. `order` is that of hits which no words rank;
    None: as the engine does.
    """

    @property
    def within(self) -> Within | None: ...
    @property
    def order(self) -> Sort | None: ...
    @property
    def notices(self) -> list[str]: ...
    @property
    def stays(self) -> bool: ...
    @property
    def anyway(self) -> str: ...
    def otherwise(self, request: SearchRequest) -> SearchRequest | None: ...
    def chips(self, request: SearchRequest) -> list[Link]:
        """What is asked, each with the address without it."""

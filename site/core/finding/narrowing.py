"""A filter of a list that the database answers, because no index can know it: who is free next week."""

from typing import Protocol

from core.finding.options import Link
from search.query import SearchRequest, Sort, Within


class Narrowing(Protocol):
    """What a reader asked for beside words and facets. Made for one request; `within` is None where she asked nothing.

    `anyway` says that it is left out, for the ways out of an empty result. `order` is how hits stand that no words rank;
    None: as the engine does.
    """

    @property
    def within(self) -> Within | None: ...
    @property
    def order(self) -> Sort | None: ...
    @property
    def notices(self) -> list[str]: ...
    @property
    def anyway(self) -> str: ...
    def chips(self, request: SearchRequest) -> list[Link]:
        """What is asked, each with the address without it."""

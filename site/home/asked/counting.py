"""What the log of searches must know of this site: which parameters are filters, which pages are found."""

from core.finding.everything import EVERYTHING
from core.finding.kinds import all_kinds
from search.log.middleware import register_findable
from search.log.questions import register_filters


def connect() -> None:
    register_filters(_filters)
    register_findable(_is_found)


def _filters() -> list[str]:
    return [facet.name for facet in EVERYTHING.facets()]


def _is_found(page: object) -> bool:
    """A page of a kind that can be found. Not the standing pages: who finds nothing opens those from the menu."""
    from home.models import StandardPage

    found = tuple(kind.page for kind in all_kinds() if kind.page is not None)
    return isinstance(page, found) and not isinstance(page, StandardPage)

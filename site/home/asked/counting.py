"""What the log of searches must know of this site: which parameters are filters, which pages are found."""

from core.finding.kinds import KIND
from keeping.models import KeptPage
from practices.facets import FACETS
from search.log.middleware import register_findable
from search.log.questions import register_filters


def connect() -> None:
    register_filters(facet.name for facet in (KIND, *FACETS))
    register_findable(_is_knowledge)


def _is_knowledge(page: object) -> bool:
    """Whatever somebody keeps true; not the standing pages that stand in the menus, which are opened from anywhere."""
    return isinstance(page, KeptPage)

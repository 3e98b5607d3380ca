"""The search page: every kind of content, with every facet that has values."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.finding.facets import ListedFacet
from core.finding.kinds import KIND, all_kinds
from core.finding.listing import Finder


def _facets() -> tuple[ListedFacet, ...]:
    """The kind first; a facet that two kinds share once."""
    return tuple({facet.name: facet for facet in (KIND, *(f for kind in all_kinds() for f in kind.facets))}.values())


def _count(total: int) -> str:
    return ngettext("%(total)s result", "%(total)s results", total) % {"total": number_format(total)}


EVERYTHING = Finder(
    name=lambda: _("Search"),
    kinds=all_kinds,
    facets=_facets,
    count=_count,
    nothing=lambda words: _("Nothing fits “%(words)s”") % {"words": words},
    nothing_left=lambda: _("Nothing fits these filters"),
    show_all=lambda: _("Show everything"),
)

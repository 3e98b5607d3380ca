"""The directory: one kind, its facets, who is free, its words."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.finding.kinds import ResultKind, get_kind
from core.finding.listing import Finder
from experts.directory.facets import FACETS
from experts.directory.free import FreeInPeriod
from experts.directory.search import KIND
from search.query import Sort


def _kinds() -> tuple[ResultKind, ...]:
    return tuple(kind for kind in (get_kind(KIND),) if kind is not None)


def _count(total: int) -> str:
    return ngettext("%(total)s expert", "%(total)s experts", total) % {"total": number_format(total)}


EXPERTS = Finder(
    name=lambda: _("Search in the experts"),
    kinds=_kinds,
    facets=lambda: FACETS,
    count=_count,
    nothing=lambda words: _("No expert fits “%(words)s”") % {"words": words},
    nothing_left=lambda: _("No expert fits these filters"),
    show_all=lambda: _("Show all experts"),
    narrowing=FreeInPeriod,
    filters_template="experts/directory/free.html",
    sorts=(Sort.RELEVANCE, Sort.NEWEST),
)

"""The list of practices: one kind, its facets, its words."""

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.finding.kinds import ResultKind, get_kind
from core.finding.listing import Finder
from core.finding.options import Link
from practices.facets import FACETS
from practices.search import KIND


def _kinds() -> tuple[ResultKind, ...]:
    return tuple(kind for kind in (get_kind(KIND),) if kind is not None)


def _count(total: int) -> str:
    return ngettext("%(total)s practice", "%(total)s practices", total) % {"total": number_format(total)}


def _exports(query: str) -> list[Link]:
    return [
        Link(_("Spreadsheet (XLSX)"), reverse("practice_export", args=["xlsx"]) + query),
        Link(_("Text table (CSV)"), reverse("practice_export", args=["csv"]) + query),
    ]


PRACTICES = Finder(
    name=lambda: _("Search in the practices"),
    kinds=_kinds,
    facets=lambda: FACETS,
    count=_count,
    nothing=lambda words: _("No practice fits “%(words)s”") % {"words": words},
    nothing_left=lambda: _("No practice fits these filters"),
    show_all=lambda: _("Show all practices"),
    exports=_exports,
)

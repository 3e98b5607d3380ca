"""The page of figures and its spreadsheet."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from experts.desk.access import desk_of
from experts.desk.counting import tables, years
from practices.spreadsheet.tables import as_download


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    desk_of(request)
    year = _year(request)
    context = {"year": year, "years": years(), "tables": tables(year)}
    return render(request, "experts/desk/figures.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same tables, each on a sheet. The log of access notes it, as every export."""
    desk_of(request)
    year = _year(request)
    return as_download(tables(year), f"expertenpool-{year}")


def _year(request: HttpRequest) -> int:
    """Of the address; this year when none is given. Raises Http404 for what is no year of ours."""
    text = request.GET.get("jaar", "")
    if not text:
        return timezone.localdate().year
    if not (text.isascii() and text.isdigit()) or not 2000 <= int(text) <= 2100:
        raise Http404
    return int(text)

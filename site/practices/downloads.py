"""A filtered listing as a spreadsheet: the same address as the listing, the same readers, all pages of it."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from practices.listing import PRACTICES
from practices.models import PracticePage
from practices.search import page_id_of
from practices.spreadsheet.exporter import export_csv, export_xlsx
from search.api import search
from search.query import MAXIMUM_PAGE_SIZE

FORMATS = {
    "csv": ("text/csv; charset=utf-8", export_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", export_xlsx),
}
MAXIMUM_ROWS = 2000


@require_safe
def practice_export(request: HttpRequest, extension: str) -> HttpResponse:
    """The practices of this listing that the reader may see, at most MAXIMUM_ROWS; 404 for another format."""
    if extension not in FORMATS:
        raise Http404
    content_type, export = FORMATS[extension]
    response = HttpResponse(export(filtered_practices(request)), content_type=content_type)
    name = f"praktijken-{timezone.localdate():%Y-%m-%d}.{extension}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def filtered_practices(request: HttpRequest) -> list[PracticePage]:
    """Every hit of the listing in its order; without an engine, every practice that the reader may see."""
    visible = PracticePage.objects.visible_to(request.user)
    asked = replace(PRACTICES.asked(request), page_size=MAXIMUM_PAGE_SIZE)
    ids: list[int] = []
    for number in range(1, MAXIMUM_ROWS // MAXIMUM_PAGE_SIZE + 1):
        results = search(replace(asked, page=number))
        if results.degraded:
            return list(visible.newest_first()[:MAXIMUM_ROWS])
        ids += [page_id_of(hit.id) for hit in results.hits]
        if number >= results.pages:
            break
    found = visible.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]

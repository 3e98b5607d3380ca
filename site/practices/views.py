"""What the practice library answers besides Wagtail's pages: the PDF, the municipalities, the vocabulary."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_cookie
from wagtail.contrib.redirects.models import Redirect

from core.finding.alike import alike
from core.models import SiteSettings
from people.audiences import Reader, visible_to
from people.models import Province
from practices.cards import cards
from practices.facets import FACET_OF_SCHEME
from practices.models import PracticeIndexPage, PracticePage
from practices.pdf import practice_pdf as make_pdf
from practices.places import places
from practices.search import document_id as practice_id
from practices.structured_data import concept_data
from practices.vocabulary import merged_into, practices_with, schemes
from search.log.middleware import note_found
from taxonomy.models import Concept
from taxonomy.search import document_id as concept_id

CONCEPT_PRACTICES = 24
PDF_AGE = 300


@require_safe
@vary_on_cookie
def practice_pdf(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The two pages of a practice that the reader may see; 404 for every other address."""
    page = PracticePage.objects.visible_to(request.user).filter(slug=slug).first()
    if page is None:
        return redirect("practice_pdf", _now_at(request).slug, permanent=True)
    if (url := page.get_full_url(request)) is None:
        raise Http404
    pdf = make_pdf(page, url=url, site_title=SiteSettings.for_request(request).site_title)
    response = HttpResponse(pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = content_disposition_header(False, f"{page.slug}.pdf") or "inline"
    response.headers["Cache-Control"] = f"private, max-age={PDF_AGE}"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _now_at(request: HttpRequest) -> PracticePage:
    """The practice whose page once stood beside this address of a PDF; Http404 where the reader may not see it."""
    old = Redirect.normalise_path(request.path.removesuffix("pdf/"))
    moved = Redirect.objects.filter(old_path=old).values("redirect_page")
    page = PracticePage.objects.visible_to(request.user).filter(pk__in=moved).first()
    if page is None:
        raise Http404
    return page


@require_safe
def municipalities(request: HttpRequest) -> HttpResponse:
    """The map as a list: every municipality where a visible practice ran, by province, with those practices."""
    everywhere = [place for place in places(request.user) if place.runs]
    pages = PracticePage.objects.in_bulk({pk for place in everywhere for pk in place.practice_ids})
    listing = _listing(request.user)
    groups = []
    for province in Province:
        rows = [
            {
                "place": place,
                "practices": sorted((pages[pk] for pk in place.practice_ids), key=lambda page: page.title.casefold()),
                "url": f"{listing.url}?gemeente={place.nis_code}" if listing and place.nis_code else "",
            }
            for place in everywhere
            if place.province == province
        ]
        if rows:
            groups.append({"code": province.value, "label": province.label, "rows": rows})
    context = {"provinces": groups, "listing_page": listing, "municipality_count": len(everywhere)}
    return render(request, "practices/municipalities.html", context)


@require_safe
def concept_list(request: HttpRequest) -> HttpResponse:
    return render(request, "taxonomy/concept_list.html", {"schemes": schemes(request.user)})


@require_safe
def concept(request: HttpRequest, slug: str) -> HttpResponse:
    """A term with its meaning and its practices. A merged term leads to its heir; a retired one still answers."""
    term = get_object_or_404(Concept.objects.select_related("broader", "merged_into"), slug=slug)
    heir = merged_into(term)
    if heir != term:
        return redirect(heir, permanent=True)
    found = practices_with(term, request.user)
    listing, facet = _listing(request.user), FACET_OF_SCHEME.get(term.scheme)  # type: ignore[call-overload]
    shown = cards(list(found[:CONCEPT_PRACTICES]))
    context = {
        "concept": term,
        "other_labels": [str(label) for label in term.other_labels if label],
        "narrower": term.narrower.current(),
        "related": term.related.current(),
        "cards": shown,
        "alike": alike(concept_id(term.pk), request.user, without={practice_id(card.page.pk) for card in shown}),
        "practice_count": found.count(),
        "listing_url": f"{listing.url}?{facet.name}={term.slug}" if listing and facet else "",
        "structured": concept_data(term, request),
    }
    response = render(request, "taxonomy/concept.html", context)
    note_found(response)
    return response


def _listing(reader: Reader) -> PracticeIndexPage | None:
    return visible_to(PracticeIndexPage.objects.all(), reader).first()

"""What search engines read about the practices: schema.org as JSON-LD. No database query of its own."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.models import BasePage, SiteSettings
from core.structured_data import CONTEXT, LANGUAGE, absolute, breadcrumbs, publisher

if TYPE_CHECKING:
    from practices.models import PracticePage
    from taxonomy.models import Concept

HEADLINE_MAX = 110  # what search engines show


def practice_data(page: "PracticePage", request: HttpRequest) -> dict[str, Any]:
    url = absolute(request, page.get_url(request))
    listing = url.rstrip("/").rsplit("/", 1)[0] + "/"
    article = {
        "@type": "Article",
        "@id": f"{url}#praktijk",
        "headline": page.title[:HEADLINE_MAX],
        "description": page.description,
        "url": url,
        "mainEntityOfPage": url,
        "inLanguage": LANGUAGE,
        "isAccessibleForFree": True,
        "publisher": publisher(request),
    }
    if page.first_published_at:
        article["datePublished"] = page.first_published_at.isoformat()
    if page.last_published_at:
        article["dateModified"] = page.last_published_at.isoformat()
    trail = breadcrumbs(request, [(_("Good practices"), listing), (page.title, url)])
    return {"@context": CONTEXT, "@graph": [article, trail]}


def listing_data(page: BasePage, request: HttpRequest) -> dict[str, Any]:
    url = absolute(request, page.get_url(request))
    collection = {
        "@type": "CollectionPage",
        "@id": f"{url}#lijst",
        "name": page.title,
        "description": page.description,
        "url": url,
        "inLanguage": LANGUAGE,
        "isPartOf": {"@id": absolute(request, "/#site")},
    }
    return {"@context": CONTEXT, "@graph": [collection, breadcrumbs(request, [(page.title, url)])]}


def concept_data(concept: "Concept", request: HttpRequest) -> dict[str, Any]:
    term: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "DefinedTerm",
        "name": capfirst(concept.label),
        "url": absolute(request, concept.get_absolute_url()),
        "termCode": concept.slug,
        "inLanguage": LANGUAGE,
        "inDefinedTermSet": {
            "@type": "DefinedTermSet",
            "name": f"{SiteSettings.for_request(request).site_title}: {concept.get_scheme_display()}",
        },
    }
    if concept.definition:
        term["description"] = concept.definition
    if names := [name for name in (*concept.other_labels, concept.abbreviation) if name]:
        term["alternateName"] = names
    return term

"""While somebody types: the municipalities where a practice ran that she may see."""

from collections.abc import Iterator, Mapping

from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.translation import ngettext

from core.finding.suggestions import Suggestion
from people.audiences import Reader, audiences_of
from people.municipalities import current_names
from practices import facets
from practices.search import KIND
from search.api import search
from search.language import fold, normalise
from search.language.text import words
from search.query import SearchRequest

MOST_TOWNS = 2


def towns(text: str, reader: Reader) -> Iterator[Suggestion]:
    """Municipalities whose name begins with the text, or is the last thing in it."""
    typed = words(text)
    runs = _runs(reader)
    for code, name in sorted(current_names().items(), key=lambda town: town[1]):
        folded = fold(normalise(name))
        if code in runs and (folded.startswith(text) or words(folded) == typed[-len(words(folded)) :]):
            count = runs[code]
            detail = ngettext("%(count)s practice ran here", "%(count)s practices ran here", count) % {"count": count}
            url = f"{reverse('search')}?{facets.MUNICIPALITY.name}={code}"
            yield Suggestion("town", conditional_escape(name), detail, url)


def _runs(reader: Reader) -> Mapping[str, int]:
    """NIS code → number of practices that this reader may see."""
    request = SearchRequest(audiences=audiences_of(reader), kinds=(KIND,), facets=(facets.MUNICIPALITY,), page_size=1)
    return search(request).facets.get(facets.MUNICIPALITY.name, {})

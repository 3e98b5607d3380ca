"""What a reader may mean while she is still typing: practices, terms of the vocabulary, municipalities.

Three queries for a visitor: the privacy of pages, the practices found, and one for terms and municipalities together.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import CharField, IntegerField, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.audiences import Reader, audiences_of
from people.models import Organisation
from practices import facets
from practices.models import PracticePage
from practices.search import KIND, page_id_of
from search.api import search, suggest
from search.language import fold, normalise
from search.language.text import words
from search.query import SearchRequest
from taxonomy.models import Concept
from taxonomy.thesaurus import Entry, Thesaurus

MINIMUM_LENGTH = 2  # letters or digits
PUNCTUATION = " \"“”„'-"  # of the search box, around the words
MAXIMUM = 8
MOST_TERMS = 3
MOST_PLACES = 2


@dataclass(frozen=True)
class Suggestion:
    """One line: what it is, its words, where it leads."""

    kind: str
    html: SafeString
    detail: str
    url: str


def suggestions(typed: str, reader: Reader) -> list[Suggestion]:
    """At most MAXIMUM, of all kinds; nothing that the reader may not see."""
    asked = SearchRequest(text=typed, audiences=audiences_of(reader), kinds=(KIND,), page_size=MAXIMUM)
    text = fold(asked.text).strip(PUNCTUATION)
    if sum(map(len, words(text))) < MINIMUM_LENGTH:
        return []
    runs = _runs(asked.audiences)
    thesaurus, places = _names(runs)
    terms = list(_terms(thesaurus, text))[:MOST_TERMS]
    towns = list(_towns(places, runs, text))[:MOST_PLACES]
    return [*_practices(asked, reader)[: MAXIMUM - len(terms) - len(towns)], *terms, *towns]


def _practices(asked: SearchRequest, reader: Reader) -> list[Suggestion]:
    """Titles that the engine finds, checked once more against what the reader may see."""
    hits = {page_id_of(hit.id): hit for hit in suggest(asked)}
    if not hits:
        return []
    pages = PracticePage.objects.visible_to(reader).in_bulk(list(hits))
    return [
        Suggestion("practice", hit.title_html, _("practice"), pages[pk].url or "")
        for pk, hit in hits.items()
        if pk in pages
    ]


def _runs(audiences: frozenset[str]) -> Mapping[str, int]:
    """NIS code → number of practices that this reader may see."""
    name = facets.MUNICIPALITY.name
    request = SearchRequest(audiences=audiences, kinds=(KIND,), facets=(facets.MUNICIPALITY,), page_size=1)
    return search(request).facets.get(name, {})


def _names(codes: Iterable[str]) -> tuple[Thesaurus, list[tuple[str, str]]]:
    """The vocabulary, and the code and name of the municipalities with these codes: one query."""
    columns = Concept.objects.order_by().values_list(
        Value("concept", output_field=CharField()),
        "pk",
        "slug",
        "label",
        Cast("other_labels", TextField()),
        "abbreviation",
        "retired",
        "merged_into_id",
    )
    towns = Organisation.objects.municipalities().filter(nis_code__in=list(codes)).order_by()
    rows = columns.union(
        towns.values_list(
            Value("town", output_field=CharField()),
            "pk",
            "nis_code",
            "name",
            Value("[]", output_field=TextField()),
            Value("", output_field=CharField()),
            Value(False),
            Cast(Value(None), IntegerField()),
        ),
        all=True,
    )
    entries: dict[int, Entry] = {}
    found = []
    for kind, pk, slug, label, others, *rest in rows:
        if kind == "town":
            found.append((slug, label))
        else:
            entries[pk] = Entry(pk, slug, label, json.loads(others), *rest)
    return Thesaurus(entries), sorted(found, key=lambda town: town[1])


def _terms(thesaurus: Thesaurus, text: str) -> Iterator[Suggestion]:
    """Terms that have a name with this text at the beginning of a word; at the beginning of the name first."""
    ranked: list[tuple[tuple[int, int], Entry, str]] = []
    for entry in thesaurus.current:
        found = [(_rank(name, text), name) for name in thesaurus.phrases[entry.pk]]
        rank, name = min(found, key=lambda pair: pair[0])
        if rank < _NOWHERE:
            ranked.append(((rank, len(name)), entry, name))
    for _order, entry, name in sorted(ranked, key=lambda found: found[0]):
        detail = _("term") if name == entry.label else _("term: %(label)s") % {"label": entry.label}
        yield Suggestion("concept", conditional_escape(capfirst(name)), detail, reverse("concept", args=[entry.slug]))


_NOWHERE = 3


def _rank(name: str, text: str) -> int:
    """0: it is the name; 1: the name begins so; 2: a word in it does; 3: nowhere."""
    folded = fold(normalise(name))
    if folded == text:
        return 0
    if folded.startswith(text):
        return 1
    return 2 if any(folded[at - 1] in " -(/" for at in _positions(folded, text)) else _NOWHERE


def _positions(folded: str, text: str) -> Iterator[int]:
    at = folded.find(text, 1)
    while at > 0:
        yield at
        at = folded.find(text, at + 1)


def _towns(places: Iterable[tuple[str, str]], runs: Mapping[str, int], text: str) -> Iterator[Suggestion]:
    """Municipalities whose name begins with the text, or is the last thing in it."""
    typed = words(text)
    for code, name in places:
        folded = fold(normalise(name))
        if folded.startswith(text) or words(folded) == typed[-len(words(folded)) :]:
            count = runs.get(code, 0)
            detail = ngettext("%(count)s practice ran here", "%(count)s practices ran here", count) % {"count": count}
            url = f"{reverse('search')}?{facets.MUNICIPALITY.name}={code}"
            yield Suggestion("town", conditional_escape(name), detail, url)

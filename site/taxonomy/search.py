"""The terms of the vocabulary as search results, as suggestions, and as ways out of an empty result."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.finding import kinds
from core.finding.kinds import Result, ResultKind, keys_of
from core.finding.options import Link
from core.finding.readers import Reader
from core.finding.suggestions import NOWHERE, Suggestion, rank
from people.audiences import PUBLIC
from search.documents import SearchDocument
from search.language import fold
from search.language.stems import STOP_WORDS, stem
from search.language.text import words
from taxonomy.models import Concept
from taxonomy.thesaurus import Entry, Thesaurus

KIND = "concept"
MOST_SUGGESTED = 3
MOST_RESEMBLING = 5
MAXIMUM_WORDS = 6
SHORTEST = 4  # letters of a word that may be part of another
RESEMBLES = 0.84  # of difflib: one slip in six letters, two in twelve


def document_id(pk: int) -> str:
    return f"{KIND}:{pk}"


def build(ids: Iterable[str]) -> Iterator[SearchDocument]:
    """The terms that are in use; retired and merged ones yield nothing. Two queries for any number."""
    wanted = set(keys_of(ids))
    thesaurus = Thesaurus.load()
    for entry in thesaurus.current:
        if entry.pk in wanted:
            others = [name for name in thesaurus.phrases[entry.pk] if name != entry.label]
            yield SearchDocument(
                id=document_id(entry.pk),
                kind=KIND,
                title=_title(entry),
                summary=entry.definition,
                keywords=" · ".join(others),
                audiences=frozenset({PUBLIC}),
            )


def all_ids() -> Iterator[str]:
    for pk in Concept.objects.current().values_list("pk", flat=True):
        yield document_id(pk)


def addresses(ids: Iterable[str], reader: Reader) -> dict[str, str]:
    return {found: result.url for found, result in present(ids, reader).items()}


def present(ids: Iterable[str], reader: Reader) -> dict[str, Result]:
    """Everybody may see every term."""
    wanted = set(keys_of(ids))
    return {
        document_id(entry.pk): Result(_title(entry), _url(entry), entry.definition)
        for entry in Thesaurus.load().current
        if entry.pk in wanted
    }


def plain(asked: Sequence[str], reader: Reader) -> list[str]:
    """Without an index: the terms that have all the words in one of their names."""
    folded = [fold(word) for word in asked]
    return [
        document_id(entry.pk)
        for entry in Thesaurus.load().current
        if any(all(word in fold(name) for word in folded) for name in entry.phrases)
    ]


def vocabulary() -> Iterator[str]:
    """Every name of every term, for splitting compounds and for corrections."""
    for entry in Thesaurus.load().entries.values():
        yield from entry.phrases


def register_concepts() -> None:
    kinds.register(
        ResultKind(
            name=KIND,
            slug="begrip",
            label=gettext_lazy("term"),
            plural=gettext_lazy("terms"),
            build=build,
            all_ids=all_ids,
            present=present,
            addresses=addresses,
            plain=plain,
            place=80,
            titles_are_suggested=False,  # `suggested` knows their other names too
        )
    )


def suggested(text: str, reader: Reader) -> Iterator[Suggestion]:
    """Terms that have a name with this text at the beginning of a word; at the beginning of the name first."""
    thesaurus = Thesaurus.load()
    ranked: list[tuple[tuple[int, int], Entry, str]] = []
    for entry in thesaurus.current:
        found = [(rank(name, text), name) for name in thesaurus.phrases[entry.pk]]
        best, name = min(found, key=lambda pair: pair[0])
        if best < NOWHERE:
            ranked.append(((best, len(name)), entry, name))
    for _order, entry, name in sorted(ranked, key=lambda found: found[0]):
        detail = _("term") if name == entry.label else _("term: %(label)s") % {"label": entry.label}
        yield Suggestion("concept", conditional_escape(capfirst(name)), detail, _url(entry))


def resembling(text: str) -> list[Link]:
    """The terms that resemble the words of a search, most alike first."""
    thesaurus = Thesaurus.load()
    entries: dict[str, dict[int, Entry]] = defaultdict(dict)
    for entry in thesaurus.current:
        for word in {word for name in thesaurus.phrases[entry.pk] for word in words(name)}:
            if word not in STOP_WORDS and len(word) >= SHORTEST:
                entries[word][entry.pk] = entry
    asked = [word for word in words(fold(text)) if word not in STOP_WORDS and len(word) >= SHORTEST]
    found: dict[int, Entry] = {}
    for word in list(dict.fromkeys(asked))[:MAXIMUM_WORDS]:
        for other in _resembling(word, list(entries)):
            found |= {pk: entry for pk, entry in entries[other].items() if pk not in found}
    return [Link(entry.label, _url(entry)) for entry in list(found.values())[:MOST_RESEMBLING]]


def _resembling(word: str, known: list[str]) -> Iterator[str]:
    """The same stem; one within the other; nearly the same letters."""
    yield from (other for other in known if stem(other) == stem(word))
    yield from (other for other in known if other in word or word in other)
    yield from get_close_matches(word, known, n=MOST_RESEMBLING, cutoff=RESEMBLES)


def _title(entry: Entry) -> str:
    name = capfirst(entry.label)
    return f"{name} ({entry.abbreviation})" if entry.abbreviation else name


def _url(entry: Entry) -> str:
    return reverse("concept", args=[entry.slug])

"""The kinds of content that readers can find: one registry.

An app registers each of its kinds when it is ready. From then on the index, the search page, suggestions and "more
like this" know it, and for pages also what changes their documents.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from core import generation
from core.finding.facets import ListedFacet, Order
from core.finding.readers import Reader
from search import documents
from search.documents import AllIds, Build, SearchDocument

if TYPE_CHECKING:
    from core.finding.listing import Hit, Manner


@dataclass(frozen=True)
class Result:
    """What a list shows of one thing; `card` is what the templates of its kind show besides."""

    title: str
    url: str
    summary: str = ""
    card: Any = None


@dataclass(frozen=True, kw_only=True)
class ResultKind:
    """A kind of content: how it gets into the index, and how it comes out of the database again.

    `name` stands in document ids ("practice:12"), `slug` in addresses. `build` and `all_ids` are as in
    `search.documents.register`. Of any ids, `present` gives what this reader may see, and `addresses` only where that
    is; both take few queries for any number. `plain` is for when there is no index: ids of what this reader may see
    and whose texts hold all these words, newest first. `page` is the model of a kind of pages; `place` puts the kinds
    in order on screen. A hit is drawn by `draw`, or else by `result_template`.
    """

    name: str
    slug: str
    label: str | Promise
    plural: str | Promise
    build: Build
    all_ids: AllIds
    present: Callable[[Iterable[str], Reader], Mapping[str, Result]]
    addresses: Callable[[Iterable[str], Reader], Mapping[str, str]]
    plain: Callable[[Sequence[str], Reader], list[str]]
    facets: tuple[ListedFacet, ...] = ()
    page: type[Page] | None = None
    place: int = 50
    titles_are_suggested: bool = True
    draw: "Callable[[Hit, Manner], SafeString] | None" = None
    result_template: str = "core/finding/result.html"
    card_template: str = "core/finding/card.html"
    _titles: dict[str, str] = field(default_factory=dict, init=False, compare=False, repr=False)  # by language

    @property
    def title(self) -> str:
        """How it is called on one thing."""
        language = get_language() or ""
        if language not in self._titles:
            self._titles[language] = capfirst(str(self.label))
        return self._titles[language]

    def documents(self, ids: Iterable[str]) -> Iterator[SearchDocument]:
        """What `build` gives, each saying its kind to the facet of kinds.

        With nothing remembered from before it was asked: a request may have read its generation already when another
        worker made the change for which these documents are built.
        """
        with generation.scope():
            built = list(self.build(ids))
        for document in built:
            yield replace(document, facets={KIND.name: (self.slug,), **document.facets})

    def below(self, page: Page) -> list[str]:
        """The documents of this kind of a page and everything under it."""
        if self.page is None:
            return []
        pages = self.page._default_manager.descendant_of(page, inclusive=True)
        return [self.document_id(pk) for pk in pages.values_list("pk", flat=True)]

    def document_id(self, key: int) -> str:
        return f"{self.name}:{key}"


def key_of(document_id: str) -> int:
    """The primary key in a document id."""
    return int(document_id.partition(":")[2])


def keys_of(ids: Iterable[str]) -> list[int]:
    """The primary keys in document ids; what holds none is left out."""
    return [key_of(document_id) for document_id in ids if document_id.partition(":")[2].isdigit()]


_kinds: dict[str, ResultKind] = {}


def register(kind: ResultKind) -> None:
    """Let this kind be found."""
    from core.finding.signals import follow

    if any(kind.slug == other.slug for other in _kinds.values()):
        raise ImproperlyConfigured(f"two kinds of results are called {kind.slug!r}")
    documents.register(kind.name, build=kind.documents, all_ids=kind.all_ids)
    _kinds[kind.name] = kind
    if kind.page is not None:
        follow(kind)


def all_kinds() -> tuple[ResultKind, ...]:
    """In the order on screen."""
    return tuple(sorted(_kinds.values(), key=lambda kind: kind.place))


def get_kind(name: str) -> ResultKind | None:
    return _kinds.get(name)


def _words() -> dict[str, str]:
    return {kind.slug: str(kind.plural) for kind in all_kinds()}


KIND = ListedFacet("soort", _("Kind"), words=_words, order=Order.WORDS)

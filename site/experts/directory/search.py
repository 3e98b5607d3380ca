"""How experts become search documents. What is private about one is in another table, which nothing here reads."""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.finding import kinds
from core.finding.kinds import Result, keys_of
from core.finding.pages import MOST_PLAIN, WORDS_PLAIN, page_kind
from core.text import plain_text
from experts.directory import facets
from experts.directory.cards import cards, visible_experts
from experts.models import ExpertPage
from people.audiences import Reader, audiences_of_pages, visible_to
from practices.facets import FORM, LEVEL, PROVINCE, THEME
from search.documents import SearchDocument

KIND = "expert"
CONCEPTS = ("specialisms", "themes", "forms")


def document_id(page_id: int) -> str:
    return f"{KIND}:{page_id}"


def build(ids: Iterable[str]) -> Iterator[SearchDocument]:
    """The documents of live experts until their time in the pool is over. Six queries for any number."""
    found = ExpertPage.objects.live().filter(pk__in=keys_of(ids)).select_related("organisation")
    pages = [page for page in found.prefetch_related("offers", *CONCEPTS) if page.is_listed]
    audiences = audiences_of_pages(pages)
    for page in pages:
        if audiences[page.pk]:
            yield _document(page, audiences[page.pk])


def all_ids() -> Iterator[str]:
    for pk in ExpertPage.objects.live().values_list("pk", flat=True).iterator():
        yield document_id(pk)


def present(ids: Iterable[str], reader: Reader) -> dict[str, Result]:
    return {
        document_id(card.page.pk): Result(card.page.title, card.page.url or "", card.page.summary, card)
        for card in cards(visible_experts(keys_of(ids), reader))
    }


def plain(words: Sequence[str], reader: Reader) -> list[str]:
    """Without an index: those in the pool whose name or short text holds all the words, by name."""
    pages = visible_to(ExpertPage.objects.all(), reader).order_by("title")
    for word in words[:WORDS_PLAIN]:
        pages = pages.filter(Q(title__icontains=word) | Q(summary__icontains=word))
    return [document_id(page.pk) for page in pages[:MOST_PLAIN] if page.is_listed]


def register_experts() -> None:
    kinds.register(
        page_kind(
            ExpertPage,
            name=KIND,
            slug="expert",
            label=_("expert"),
            plural=_("experts"),
            place=20,
            build=build,
            present=present,
            plain=plain,
            facets=facets.FACETS,
            result_template="experts/directory/result.html",
            card_template="experts/directory/card.html",
        )
    )


def _document(page: ExpertPage, audiences: frozenset[str]) -> SearchDocument:
    published = page.first_published_at
    return SearchDocument(
        id=document_id(page.pk),
        kind=KIND,
        title=page.title,
        summary=page.summary,
        body=_body(page),
        keywords=_keywords(page),
        facets=_facets(page),
        audiences=audiences,
        published=published.date() if published else None,
        updated=page.confirmed_on,
    )


def _body(page: ExpertPage) -> str:
    parts = [plain_text(page.biography)]
    parts += [f"{offer.title}\n{offer.description}" for offer in page.offers.all()]
    return "\n".join(part for part in parts if part)


def _keywords(page: ExpertPage) -> str:
    words = [term.label for role in CONCEPTS for term in getattr(page, role).all()]
    words += [str(offer.get_kind_display()) for offer in page.offers.all()]
    if page.organisation is not None:
        words.append(page.organisation.name)
    return " · ".join(dict.fromkeys(words))


def _facets(page: ExpertPage) -> dict[str, tuple[str, ...]]:
    offers = list(page.offers.all())

    def slugs(role: str) -> tuple[str, ...]:
        return tuple(term.slug for term in getattr(page, role).all())

    return {
        facets.OFFER.name: tuple(dict.fromkeys(offer.kind for offer in offers)),
        facets.SPECIALISM.name: slugs("specialisms"),
        THEME.name: slugs("themes"),
        LEVEL.name: tuple(level.value for level in page.levels),
        FORM.name: slugs("forms"),
        PROVINCE.name: tuple(dict.fromkeys(code for offer in offers for code in offer.provinces)),
        facets.LANGUAGE.name: tuple(dict.fromkeys(code for offer in offers for code in offer.languages)),
    }

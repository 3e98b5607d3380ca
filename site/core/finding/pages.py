"""Pages as results: a new page type takes one line, `kinds.register(page_kind(MyPage, …))`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from core.finding.kinds import Result, ResultKind, keys_of
from core.finding.readers import Reader, gate
from core.text import plain_text
from search.documents import SearchDocument

MOST_PLAIN = 200  # results of one kind while there is no index
WORDS_PLAIN = 10


@dataclass(frozen=True)
class PageSource:
    """How the pages of one model get into the index and out of the database again."""

    model: type[Page]
    name: str

    def build(self, ids: Iterable[str]) -> Iterator[SearchDocument]:
        """The documents of live pages; unpublished and deleted ones yield nothing. Two queries for any number."""
        pages = list(self.model._default_manager.live().filter(pk__in=keys_of(ids)))
        audiences = gate().audiences_of_pages(pages)
        for page in pages:
            if audiences[page.pk]:
                yield self._document(page, audiences[page.pk])

    def all_ids(self) -> Iterator[str]:
        for pk in self.model._default_manager.live().values_list("pk", flat=True).iterator():
            yield f"{self.name}:{pk}"

    def visible(self, ids: Iterable[str], reader: Reader) -> Any:
        return gate().visible_to(self.model._default_manager.filter(pk__in=keys_of(ids)), reader)

    def addresses(self, ids: Iterable[str], reader: Reader) -> dict[str, str]:
        return {f"{self.name}:{page.pk}": page.url or "" for page in self.visible(ids, reader)}

    def present(self, ids: Iterable[str], reader: Reader) -> dict[str, Result]:
        return {
            f"{self.name}:{page.pk}": Result(page.title, page.url or "", getattr(page, "description", ""), page)
            for page in self.visible(ids, reader)
        }

    def plain(self, words: Sequence[str], reader: Reader) -> list[str]:
        pages = gate().visible_to(self.model._default_manager.all(), reader).order_by("-last_published_at", "title")
        for word in words[:WORDS_PLAIN]:
            pages = pages.filter(Q(title__icontains=word) | Q(search_description__icontains=word))
        return [f"{self.name}:{pk}" for pk in pages.values_list("pk", flat=True)[:MOST_PLAIN]]

    def _document(self, page: Page, audiences: frozenset[str]) -> SearchDocument:
        published, updated = page.first_published_at, page.last_published_at
        return SearchDocument(
            id=f"{self.name}:{page.pk}",
            kind=self.name,
            title=page.title,
            summary=getattr(page, "description", page.search_description),
            body=text_of(page),
            audiences=audiences,
            published=published.date() if published else None,
            updated=updated.date() if updated else None,
        )


def text_of(page: Page) -> str:
    """All running text in the fields that a page type adds to Wagtail's own."""
    texts = []
    for field in page._meta.get_fields():
        if not isinstance(field, models.Field) or field.model in {Page, *Page._meta.get_parent_list()}:
            continue
        value = getattr(page, field.name)
        if isinstance(field, StreamField):
            texts.append("\n".join(value.stream_block.get_searchable_content(value)))
        elif isinstance(field, RichTextField):
            texts.append(plain_text(value))
        elif isinstance(field, models.TextField):
            texts.append(value)
    shown = getattr(page, "description", "")  # it is searched as the summary: twice would count double
    return "\n".join(text for text in texts if text and text != shown)


def page_kind(
    model: type[Page], *, name: str, slug: str, label: str | Promise, plural: str | Promise, **more: Any
) -> ResultKind:
    """A kind of pages whose fields are its text; `more` are other fields of ResultKind, to do one part differently."""
    source = PageSource(model, name)
    parts: dict[str, Any] = {
        "build": source.build,
        "all_ids": source.all_ids,
        "present": source.present,
        "addresses": source.addresses,
        "plain": source.plain,
        **more,
    }
    return ResultKind(name=name, slug=slug, label=label, plural=plural, page=model, **parts)

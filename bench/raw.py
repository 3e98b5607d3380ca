"""The yardstick: tantivy as it comes, on the same practices. Top 20 and three facet counts, nothing else."""

from collections.abc import Iterable
from pathlib import Path

import tantivy

from bench.corpus import Practice
from bench.queries import Query

FACETS = ("niveau", "thema", "sector")
_TEXTS = ("title", "text")
_MEMORY = 64_000_000


class RawTantivy:
    """One text field for everything, split and lower-cased as tantivy does by itself."""

    def __init__(self, directory: Path) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        for name in _TEXTS:
            builder.add_text_field(name, stored=True)
        for name in FACETS:
            builder.add_text_field(name, fast=True, tokenizer_name="raw")
        self._index = tantivy.Index(builder.build(), path=str(directory))

    def fill(self, practices: Iterable[Practice]) -> None:
        """Index them in one commit, with one thread, as ours is."""
        writer = self._index.writer(_MEMORY, 1)
        for practice in practices:
            texts = [practice.summary, *practice.sections, *(text for _name, text in practice.attachments)]
            document = tantivy.Document(id=[str(practice.number)], title=[practice.title], text=["\n".join(texts)])
            for name in FACETS:
                for value in practice.facets[name]:
                    document.add_text(name, value)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def search(self, query: Query) -> int:
        """Top 20 with the total, and three aggregations in one go. Filters are left out: it has none of ours."""
        searcher = self._index.searcher()
        parsed, _errors = self._index.parse_query_lenient(query.text or "*", list(_TEXTS))
        found = searcher.search(parsed, 20)
        searcher.aggregate(parsed, {name: {"terms": {"field": name, "size": 50}} for name in FACETS})
        return int(getattr(found, "count", 0) or 0)

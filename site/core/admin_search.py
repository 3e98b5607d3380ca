"""The search of the admin's own lists and choosers: Wagtail's database backend, with words it can bear.

On SQLite a stray quotation mark in the words breaks the query. Visitors never come here: their search is `search/`.
"""

from typing import Any

from wagtail.search.backends import database

BROKEN_BY = str.maketrans({'"': " ", "\0": " "})


class CarefulWords:
    """Mixin of a search backend: what is typed is words, never syntax."""

    def search(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        return super().search(_words(query), *args, **kwargs)  # type: ignore[misc]

    def autocomplete(self, query: Any, *args: Any, **kwargs: Any) -> Any:
        return super().autocomplete(_words(query), *args, **kwargs)  # type: ignore[misc]


def _words(query: Any) -> Any:
    """Typed words without what breaks; a query that Wagtail composed itself stays as it is."""
    return query.translate(BROKEN_BY).strip() if isinstance(query, str) else query


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802  # the name that Wagtail looks for
    kind = type(database.SearchBackend(params))
    return type("SearchBackend", (CarefulWords, kind), {})(params)

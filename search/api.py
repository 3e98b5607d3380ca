"""What the apps use to search."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from search import recovery
from search.engines.base import IndexUnavailable, SearchEngine
from search.engines.embedded import EmbeddedEngine
from search.query import SearchHit, SearchRequest, SearchResults
from search.synonyms import current

logger = logging.getLogger(__name__)

DEFAULT_ENGINE = "embedded"
ENGINES: Mapping[str, Callable[[Path], SearchEngine]] = {DEFAULT_ENGINE: EmbeddedEngine}


def get_engine() -> SearchEngine:
    """The engine that the settings SEARCH_ENGINE and SEARCH_INDEX_DIR choose, one for each process."""
    directory = getattr(settings, "SEARCH_INDEX_DIR", None)
    if directory is None:
        raise ImproperlyConfigured("SEARCH_INDEX_DIR is missing")
    return _engine(getattr(settings, "SEARCH_ENGINE", DEFAULT_ENGINE), Path(directory))


@lru_cache(maxsize=4)
def _engine(name: str, directory: Path) -> SearchEngine:
    try:
        return ENGINES[name](directory)
    except KeyError as error:
        raise ImproperlyConfigured(f"SEARCH_ENGINE is {name!r}, which does not exist") from error


def search(request: SearchRequest) -> SearchResults:
    """Search. When the index is unavailable the results are empty and `degraded`: show a plain listing instead."""
    if request.text and request.synonyms is None:
        request = replace(request, synonyms=current())
    engine = get_engine()
    try:
        return engine.search(request)
    except IndexUnavailable as error:
        logger.warning("Search is unavailable: %s", error)
        recovery.notice(engine, error)
        return SearchResults(degraded=True, page_size=request.page_size)


def suggest(request: SearchRequest) -> tuple[SearchHit, ...]:
    """Titles for a text that is still being typed; none when the index is unavailable."""
    engine = get_engine()
    try:
        return engine.suggest(request)
    except IndexUnavailable as error:
        recovery.notice(engine, error)
        return ()


def more_like(document_id: str, request: SearchRequest) -> tuple[str, ...]:
    """The ids of documents like this one; none when the index is unavailable."""
    engine = get_engine()
    try:
        return engine.more_like(document_id, request)
    except IndexUnavailable as error:
        recovery.notice(engine, error)
        return ()

"""System checks of search."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from search.api import DEFAULT_ENGINE, ENGINES


@register("search")
def check_search_settings(**kwargs: Any) -> list[CheckMessage]:
    """search.E001: no directory for the embedded index. search.E002: an engine that does not exist."""
    engine = getattr(settings, "SEARCH_ENGINE", DEFAULT_ENGINE)
    if engine not in ENGINES:
        hint = f"Choose one of: {', '.join(ENGINES)}."
        return [Error(f"SEARCH_ENGINE is {engine!r}, which does not exist.", hint=hint, id="search.E002")]
    directory = getattr(settings, "SEARCH_INDEX_DIR", None)
    if not isinstance(directory, Path) or not directory.is_absolute():
        hint = "Set it to an absolute pathlib.Path that all workers can write to and that survives a restart."
        return [Error("SEARCH_INDEX_DIR is missing or no absolute Path.", hint=hint, id="search.E001")]
    return []

"""Whose searches count: those of people who came to read."""

import re

from django.conf import settings
from django.http import HttpRequest

# By what they say of themselves; a machine that pretends to be a browser is counted.
_MACHINES = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|archiver|preview|scan|monitor|uptime|lighthouse|headless|facebookexternal|"
    r"curl|wget|python|httpx|aiohttp|libwww|okhttp|go-http|java/|ruby|perl|php|node|axios|scrapy|phantom",
    re.IGNORECASE,
)


def counts(request: HttpRequest) -> bool:
    """Not machines, not what a browser fetches in advance, not editors: they look whether a search works."""
    agent = request.headers.get("User-Agent", "")
    if not agent or _MACHINES.search(agent) or "prefetch" in request.headers.get("Sec-Purpose", ""):
        return False
    return not _is_editor(request)


def _is_editor(request: HttpRequest) -> bool:
    """Asks nothing of the database for a reader who has no session."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    user = getattr(request, "user", None)
    return user is not None and user.is_authenticated and user.has_perm(settings.SEARCH_LOG_NOT_OF)

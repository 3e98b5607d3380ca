"""What the Atom feeds of the site share: their language, who reads them, ids that stay."""

import re
from typing import Any, TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.feedgenerator import Atom1Feed

FEED_BORN = "2026"  # part of the feeds' tag: URIs (RFC 4151): never changes
NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
Item = TypeVar("Item")
Subject = TypeVar("Subject")


def xml_text(text: str) -> str:
    """Text without the characters that XML 1.0 cannot hold."""
    return NOT_XML.sub("", text)


def tag(name: str) -> str:
    """An id for ever, wherever the feed or its entry moves."""
    return f"tag:{urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or 'localhost'},{FEED_BORN}:{name}"


class AtomFeed(Feed[Item, Subject]):
    """Each reader gets her own."""

    feed_type = Atom1Feed
    language = "nl-BE"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().__call__(request, *args, **kwargs)
        patch_vary_headers(response, ("Cookie",))
        return response

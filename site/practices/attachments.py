"""Documents that come with a practice, for a reader who may not open all of them.

A document in a private collection is neither linked nor named to whoever may not open it: a title tells
something too. `closed` are the tree paths of the collections that are closed to the reader (core.privacy).
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from django.http import HttpRequest
from wagtail.blocks import StreamValue
from wagtail.models import CollectionViewRestriction

from core.privacy import closed_collections

GUARDED = Exists(
    CollectionViewRestriction.objects.alias(
        of_document=ExpressionWrapper(OuterRef("document__collection__path"), output_field=CharField())
    ).filter(of_document__startswith=F("collection__path"))
)


def what_is_closed(rows: Iterable[Any], approach: StreamValue, request: HttpRequest) -> tuple[str, ...]:
    """Of the reader; asked only where something hangs on it (`guarded`, by `GUARDED`, is not known of a preview)."""
    asked = any(getattr(row, "guarded", True) for row in rows)
    return closed_collections(request) if asked or any(b.block_type == "download" for b in approach) else ()


def is_open(document: Any, closed: tuple[str, ...]) -> bool:
    return not closed or document is None or not document.collection.path.startswith(closed)


def open_materials(rows: Iterable[Any], closed: tuple[str, ...]) -> list[Any]:
    return [row for row in rows if is_open(row.document, closed)]


def open_blocks(approach: StreamValue, closed: tuple[str, ...]) -> StreamValue:
    """The blocks without the downloads that are closed; the value itself where nothing is."""
    kept = [block for block in approach if block.block_type != "download" or is_open(block.value["document"], closed)]
    if len(kept) == len(approach):
        return approach
    return StreamValue(approach.stream_block, [(block.block_type, block.value, block.id) for block in kept])

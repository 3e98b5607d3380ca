"""Links in rich text: one to what the reader may not see is drawn without its address, as if its target were gone."""

from typing import Any

from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from core.finding.readers import gate
from core.privacy import is_closed, reader_now


class PageLinks(PageLinkHandler):
    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Page | None]:
        reader, may_see = reader_now(), gate().may_see
        return [page if page and may_see(page, reader) else None for page in super().get_many(attrs_list)]


class DocumentLinks(DocumentLinkHandler):
    @classmethod
    def get_many(cls, attrs_list: list[dict[str, Any]]) -> list[Any]:
        return [None if is_closed(document) else document for document in super().get_many(attrs_list)]

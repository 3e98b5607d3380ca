"""The blocks of the approach as data for the PDF's template; steps are numbered through."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from practices.pdf.text import Item, bullets, clean, paragraph, rich_text, run


def stream(blocks: Any, base_url: str) -> list[Item]:
    items: list[Item] = []
    number = 0
    for block in blocks:
        if block.block_type == "step":
            number += 1
            body = rich_text(block.value["text"].source, base_url)
            items.append({"kind": "step", "number": str(number), "title": clean(block.value["title"]), "body": body})
        elif (draw := DRAWN_AS.get(block.block_type)) is not None:
            items.extend(draw(block.value, base_url))
    return items


def _heading(title: Any) -> list[Item]:
    return [{"kind": "heading", "text": clean(title)}] if title else []


def _text(value: Any, base_url: str) -> list[Item]:
    return rich_text(value.source, base_url)


def _checklist(value: Any, base_url: str) -> list[Item]:
    return [*_heading(value["title"]), *bullets([run("☐ "), run(point)] for point in value["items"])]


def _quote(value: Any, base_url: str) -> list[Item]:
    return [paragraph(run(f"“{value['text']}”", italic=True), run(f" {value['source']}"))]


def _table(value: Any, base_url: str) -> list[Item]:
    """Two columns of a page are too narrow for a table: each row becomes a line."""
    rows = [" · ".join(str(cell) for cell in row if str(cell).strip()) for row in value["table"].rows]
    return [*_heading(value["caption"]), *bullets([run(row)] for row in rows if row)]


def _image(value: Any, base_url: str) -> list[Item]:
    return [paragraph(run(_("Image: %(what)s") % {"what": value["alt"]}, italic=True))]


def _video(value: Any, base_url: str) -> list[Item]:
    return [paragraph(run(value["title"], url=value["url"]))]


def _download(value: Any, base_url: str) -> list[Item]:
    title = value["title"] or getattr(value["document"], "title", "")
    return [paragraph(run(title))] if title else []


def _callout(value: Any, base_url: str) -> list[Item]:
    return [*_heading(value["title"]), *rich_text(value["text"].source, base_url)]


DRAWN_AS: dict[str, Callable[[Any, str], list[Item]]] = {
    "text": _text,
    "checklist": _checklist,
    "quote": _quote,
    "table": _table,
    "image": _image,
    "video": _video,
    "download": _download,
    "callout": _callout,
}

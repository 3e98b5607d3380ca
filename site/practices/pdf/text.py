"""Editors' text as the plain data that the PDF's template draws: never markup, never control characters."""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from wagtail.rich_text import expand_db_html

Item = dict[str, Any]  # {"kind": "p" | "list" | "numbers" | "heading" | "step", …}
Run = dict[str, Any]  # {"text", "bold", "italic", "url"}

UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
SPACES = re.compile(r"\s+")
LONG_WORD = re.compile(r"\S{33,}")
BREAK_EVERY = 24
LINKS = ("https://", "http://", "mailto:")
BLOCKS = ("p", "ul", "ol", "h2", "h3", "h4", "blockquote")


def clean(text: Any) -> str:
    """One line without control characters; a word longer than a column gets places to break."""
    one_line = SPACES.sub(" ", UNPRINTABLE.sub("", str(text or "")))
    return LONG_WORD.sub(_breakable, one_line)


def _breakable(match: re.Match[str]) -> str:
    word = match.group()
    return "\u200b".join(word[at : at + BREAK_EVERY] for at in range(0, len(word), BREAK_EVERY))


def run(text: str, *, bold: bool = False, italic: bool = False, url: str = "") -> Run:
    return {"text": clean(text), "bold": bold, "italic": italic, "url": url if url.startswith(LINKS) else ""}


def paragraph(*runs: Run) -> Item:
    return {"kind": "p", "runs": list(runs)}


def bullets(lines: Iterable[list[Run]]) -> list[Item]:
    """A list, or nothing where it would be empty."""
    items = list(lines)
    return [{"kind": "list", "items": items}] if items else []


def rich_text(source: str, base_url: str) -> list[Item]:
    """Paragraphs and lists of Wagtail's rich text; links become absolute."""
    soup = BeautifulSoup(expand_db_html(source or ""), "html.parser")
    return [item for node in soup.children for item in _block(node, base_url)]


def _block(node: Any, base_url: str) -> Iterator[Item]:
    if isinstance(node, Tag) and node.name in ("ul", "ol"):
        items = [list(_runs(child, base_url)) for child in node.find_all("li")]
        if items := [runs for runs in items if _is_said(runs)]:
            yield {"kind": "list" if node.name == "ul" else "numbers", "items": items}
    elif isinstance(node, Tag) and node.name not in BLOCKS and node.find(BLOCKS):
        for child in node.children:
            yield from _block(child, base_url)
    elif _is_said(runs := list(_runs(node, base_url))):
        yield paragraph(*runs)


def _runs(node: Any, base_url: str, *, bold: bool = False, italic: bool = False, url: str = "") -> Iterator[Run]:
    if isinstance(node, NavigableString):
        if type(node) is NavigableString and node:
            yield run(str(node), bold=bold, italic=italic, url=url)
        return
    if node.name == "br":
        yield run(" ")
        return
    bold = bold or node.name in ("b", "strong")
    italic = italic or node.name in ("i", "em")
    if node.name == "a":
        url = urljoin(base_url, str(node.get("href") or "")) if node.get("href") else ""
    for child in node.children:
        yield from _runs(child, base_url, bold=bold, italic=italic, url=url)


def _is_said(runs: Iterable[Run]) -> bool:
    return any(part["text"].strip() for part in runs)

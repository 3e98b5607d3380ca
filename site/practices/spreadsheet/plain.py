"""Rich text as the plain text of a cell, and back. What survives: paragraphs, line ends and two kinds of lists."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import groupby

from django.utils.html import escape

BULLET = "•"
_BULLET_LINE = re.compile(r"^[•*–-]\s+(?=\S)")
_NUMBER_LINE = re.compile(r"^\d{1,3}[.)]\s+(?=\S)")
_BLOCKS = {"p", "h2", "h3", "h4", "blockquote", "hr", "ul", "ol"}


class _Reader(HTMLParser):
    """Collects the lines of rich text; a list item carries its mark."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[list[str]] = [[]]
        self.line: list[str] = []
        self.lists: list[int | None] = []
        self.mark = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"ul", "ol"}:
            self.lists.append(0 if tag == "ol" else None)
        if tag in _BLOCKS:
            self._end_block()
        elif tag == "br":
            self._end_line()
        elif tag == "li":
            self._end_line()
            number = self.lists[-1] if self.lists else None
            self.mark = f"{BULLET} " if number is None else f"{number + 1}. "
            if number is not None:
                self.lists[-1] = number + 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "li":
            self._end_line()
        elif tag in _BLOCKS:
            self._end_block()
            if tag in {"ul", "ol"} and self.lists:
                self.lists.pop()

    def handle_data(self, data: str) -> None:
        self.line.append(data)

    def _end_line(self) -> None:
        text = " ".join("".join(self.line).split())
        self.line = []
        if text:
            self.blocks[-1].append(self.mark + text)
            self.mark = ""

    def _end_block(self) -> None:
        self._end_line()
        if self.blocks[-1]:
            self.blocks.append([])

    def text(self) -> str:
        self._end_block()
        return "\n\n".join("\n".join(lines) for lines in self.blocks if lines)


def html_to_text(html: str) -> str:
    reader = _Reader()
    reader.feed(html or "")
    reader.close()
    return reader.text()


def text_to_html(text: str) -> str:
    """Blank lines part paragraphs; lines that start with a bullet or a number make lists. Everything is escaped."""
    paragraphs = re.split(r"\n\s*\n", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(html for paragraph in paragraphs for html in _paragraph(paragraph))


def _paragraph(paragraph: str) -> Iterator[str]:
    lines = [" ".join(line.split()) for line in paragraph.split("\n")]
    for kind, group in groupby((line for line in lines if line), key=_kind):
        if kind == "p":
            yield f"<p>{'<br/>'.join(escape(line) for line in group)}</p>"
            continue
        mark = _BULLET_LINE if kind == "ul" else _NUMBER_LINE
        items = "".join(f"<li>{escape(mark.sub('', line, count=1))}</li>" for line in group)
        yield f"<{kind}>{items}</{kind}>"


def _kind(line: str) -> str:
    if _BULLET_LINE.match(line):
        return "ul"
    return "ol" if _NUMBER_LINE.match(line) else "p"


def normal(text: str) -> str:
    """The form in which two texts are compared: what would be left after storing."""
    return html_to_text(text_to_html(text))

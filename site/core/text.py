"""Text out of what editors write."""

import re
from html import unescape

from django.utils.html import strip_tags

BLOCK_END = re.compile(r"</(p|li|h[1-6]|tr|td|th|blockquote)>|<br\s*/?>", re.IGNORECASE)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # what no cell of Excel can hold
SPACES = re.compile(r"[ \t]+")


def plain_text(html: str) -> str:
    """The words of rich text; paragraphs and list items end in a line break so that words never run together."""
    text = unescape(strip_tags(BLOCK_END.sub("\n", html)))
    return "\n".join(line for raw in text.splitlines() if (line := SPACES.sub(" ", raw).strip()))


def cell(value: object) -> str:
    """For a spreadsheet: text that it would take for a formula gets an apostrophe before it."""
    text = CONTROL.sub("", "" if value is None else str(value))
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text

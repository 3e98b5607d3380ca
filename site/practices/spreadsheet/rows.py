"""Columns whose cell holds rows of their own: one per line."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.html import escape
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from practices.models import PracticePage, PracticeReference, PracticeSource
from practices.spreadsheet import plain
from practices.spreadsheet.columns import Column
from practices.spreadsheet.facts import Facts, Reference, Source
from practices.spreadsheet.lookups import CellError, Lookups
from practices.spreadsheet.values import text_of

STEP_TITLE_MAX = 120
PLAIN_BLOCKS = {"step", "text"}


@dataclass(frozen=True)
class RowsColumn(Column):
    """One row per line, its parts between upright bars."""

    width: ClassVar[int] = 40

    @property
    def help(self) -> str:
        return ""

    def lines(self, raw: Any, parts: int) -> list[list[str]]:
        rows = []
        for line in text_of(raw).splitlines():
            cells = [" ".join(cell.split()) for cell in line.split("|")]
            if not any(cells):
                continue
            if len(cells) > parts or not cells[0]:
                raise CellError(self.how)
            rows.append(cells + [""] * (parts - len(cells)))
        return rows


@dataclass(frozen=True)
class ReferencesColumn(RowsColumn):
    @property
    def label(self) -> str:
        return _("Research and evaluation")

    @property
    def how(self) -> str:
        return _("One per line: title | author | year | address.")

    def parse(self, raw: Any, lookups: Lookups) -> Any:
        rows = [Reference(*cells) for cells in self.lines(raw, 4)]
        for row in rows:
            if row.year and not (row.year.isascii() and row.year.isdigit() and len(row.year) == 4):
                raise CellError(_("“%(text)s” is not a year.") % {"text": row.year[:40]})
        return rows

    def cell(self, page: PracticePage, facts: Facts) -> Any:
        return "\n".join(" | ".join(row).rstrip(" |") for row in facts.references)

    def put(self, page: PracticePage, value: Any, lookups: Lookups) -> None:
        rows = [
            PracticeReference(
                title=r.title, author=r.author, year=int(r.year) if r.year else None, url=r.url, sort_order=at
            )
            for at, r in enumerate(value)
        ]
        setattr(page, self.name, rows)


@dataclass(frozen=True)
class SourcesColumn(RowsColumn):
    @property
    def label(self) -> str:
        return _("Sources of this page")

    @property
    def how(self) -> str:
        return _("One per line: document | passage | address.")

    def parse(self, raw: Any, lookups: Lookups) -> Any:
        return [Source(*cells) for cells in self.lines(raw, 3)]

    def cell(self, page: PracticePage, facts: Facts) -> Any:
        return "\n".join(" | ".join(row).rstrip(" |") for row in facts.sources)

    def put(self, page: PracticePage, value: Any, lookups: Lookups) -> None:
        setattr(page, self.name, [PracticeSource(**row._asdict(), sort_order=at) for at, row in enumerate(value)])


@dataclass(frozen=True)
class ApproachColumn(Column):
    width: ClassVar[int] = 60

    @property
    def label(self) -> str:
        return str(capfirst(self.field.verbose_name))

    @property
    def how(self) -> str:
        return _("One step per line: title: text. A line without a colon becomes a paragraph.")

    def parse(self, raw: Any, lookups: Lookups) -> Any:
        return [line for line in (" ".join(line.split()) for line in text_of(raw).splitlines()) if line]

    def cell(self, page: PracticePage, facts: Facts) -> Any:
        return "\n".join(line for block in page.approach if (line := _line(block)))

    def put(self, page: PracticePage, value: Any, lookups: Lookups) -> None:
        if any(block.block_type not in PLAIN_BLOCKS for block in page.approach):
            raise CellError(
                _("The approach of this practice holds more than steps. Change it in the form, to keep it whole.")
            )
        page.approach = [_block(line) for line in value]


def _line(block: Any) -> str:
    """A block as one line; of blocks that are no step or text only the words that name them."""
    value = block.value
    if block.block_type == "step":
        return f"{value['title']}: {_one_line(value['text'].source)}"
    if block.block_type == "text":
        return _one_line(value.source)
    if block.block_type == "checklist":
        return f"{value['title']}: {'; '.join(value['items'])}"
    named = next((str(value[name]) for name in ("title", "caption", "text") if value.get(name)), "")
    return _one_line(named)


def _one_line(html: str) -> str:
    return " ".join(plain.html_to_text(html).split())


def _block(line: str) -> tuple[str, Any]:
    title, colon, text = line.partition(":")
    if colon and 0 < len(title.strip()) <= STEP_TITLE_MAX and text.strip():
        return "step", {"title": title.strip(), "text": f"<p>{escape(text.strip())}</p>"}
    return "text", f"<p>{escape(line)}</p>"

"""A practice as a PDF of at most two pages, set by typst. Texts reach it as JSON, so no text is ever read as markup."""

import hashlib
import json
from dataclasses import dataclass
from functools import cache as remember
from pathlib import Path
from typing import TYPE_CHECKING

import typst
from django.core.cache import cache
from django.utils import timezone

from core.privacy import for_everybody
from people.labels import label_of
from practices.pdf.data import PdfData, pdf_data
from practices.pdf.trim import trim

if TYPE_CHECKING:
    from practices.models import PracticePage

FOLDER = Path(__file__).parent / "typst"
TEMPLATE = FOLDER / "practice.typ"
MOST_PAGES = 2
LAYOUT_VERSION = 2  # raise it when the template changes: kept PDFs are then set anew
KEEP_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Detail:
    """How small the letters are, in points, and how many characters a section may take."""

    size: float
    room: int


# From everything down to the head alone, which always fits.
DETAILS = (
    Detail(11, 6000),
    Detail(10.3, 6000),
    Detail(9.5, 6000),
    Detail(9, 3000),
    Detail(9, 1500),
    Detail(8.8, 900),
    Detail(8.5, 550),
    Detail(8.5, 320),
    Detail(8.5, 180),
    Detail(8.5, 80),
    Detail(8.5, 0),
)


def practice_pdf(page: "PracticePage", *, url: str, site_title: str) -> bytes:
    """The PDF of a live practice, kept for a day per revision. `url` is its absolute address."""
    published = page.last_published_at.timestamp() if page.last_published_at else 0
    closed = label.audience if (label := label_of(page)) else ""
    what = f"{LAYOUT_VERSION}|{closed}|{page.live_revision_id}|{published}|{url}|{site_title}|{timezone.localdate()}"
    key = f"practice-pdf:{page.pk}:{hashlib.sha256(what.encode()).hexdigest()[:32]}"
    if (kept := cache.get(key)) is None:
        with for_everybody():  # paper is passed on: no link leads to what is closed
            kept = set_in_type(pdf_data(page, url=url, site_title=site_title))
        cache.set(key, kept, KEEP_SECONDS)
    return bytes(kept)


def set_in_type(data: PdfData) -> bytes:
    """Set at the most detail that fits on two pages."""
    for detail in DETAILS:
        compiler = _compiler(data, detail)
        if _page_count(compiler) <= MOST_PAGES:
            break
    return export(compiler)


def _compiler(data: PdfData, detail: Detail) -> typst.Compiler:
    content = data.as_dict()
    trimmed = False
    sections = []
    for section in content["sections"]:
        body, was_cut = trim(section["body"], detail.room)
        trimmed = trimmed or was_cut
        if body:
            sections.append({**section, "body": body})
    inputs = json.dumps({**content, "sections": sections, "trimmed": trimmed, "size": detail.size}, ensure_ascii=False)
    return typst.Compiler(
        str(TEMPLATE), root=str(FOLDER), font_paths=fonts(), ignore_system_fonts=True, sys_inputs={"data": inputs}
    )


def _page_count(compiler: typst.Compiler) -> int:
    return int(compiler.eval("query(<end>).first().location().page()"))


def export(compiler: typst.Compiler) -> bytes:
    """PDF/UA-1, the standard for accessible PDF; tagged but without the claim when a sign has no glyph (an emoji)."""
    try:
        pdf = compiler.compile(format="pdf", pdf_standards="ua-1")
    except typst.TypstError:
        pdf = compiler.compile(format="pdf")
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no single PDF")
    return pdf


@remember
def fonts() -> typst.Fonts:
    """Our own fonts and typst's; the machine's stay out, so that a PDF looks the same everywhere."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FOLDER / "fonts")])

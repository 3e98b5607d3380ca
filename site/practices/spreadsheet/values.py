"""The values of single cells: text, numbers, dates and choices, as Excel gives them or as somebody types them."""

import datetime
import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from core.text import CONTROL, FORMULA_STARTS, cell
from practices.spreadsheet.lookups import CellError, fold

DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")
CELL_MAX = 32_000


def safe(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return cell(value) if isinstance(value, str) else value


def text_of(raw: Any) -> str:
    """The words of a cell; undoes `safe`. Raises CellError on what no cell of Excel could hold."""
    if raw is None:
        return ""
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    if isinstance(raw, datetime.datetime):
        raw = raw.date()
    text = CONTROL.sub("", str(raw)).strip()
    if len(text) > CELL_MAX:
        raise CellError(_("This is longer than a cell can hold."))
    if text.startswith("'") and text[1:].startswith(FORMULA_STARTS):
        return text[1:]
    return text


def parts_of(raw: Any) -> list[str]:
    """The values between semicolons, each once."""
    parts = (" ".join(part.split()) for part in text_of(raw).replace("\n", ";").split(";"))
    return list({fold(part): part for part in parts if part}.values())


def date_of(raw: Any) -> datetime.date | None:
    if isinstance(raw, datetime.datetime):
        return raw.date()
    if isinstance(raw, datetime.date):
        return raw
    text = text_of(raw)
    if not text:
        return None
    for pattern in DATE_FORMATS:
        try:
            return datetime.datetime.strptime(text, pattern).date()  # a day, no time
        except ValueError:
            continue
    raise CellError(_("“%(text)s” is not a date. Write it as 31/12/2026.") % {"text": text[:40]})


def decimal_of(raw: Any) -> Decimal | None:
    """A number with at most one decimal."""
    text = text_of(raw).replace("\u00a0", "").replace(" ", "").replace(",", ".")
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not 0 <= number < 10_000:
        raise CellError(_("“%(text)s” is not a number between 0 and 9999.") % {"text": text[:40]})
    return number.quantize(Decimal("0.1")).normalize() + 0


def whole_of(raw: Any) -> int | None:
    written = text_of(raw)
    text = re.sub(r"[\s\u00a0€]", "", written)
    if not text:
        return None
    if re.fullmatch(r"\d{1,3}([.]\d{3})+", text):
        text = text.replace(".", "")
    if not (text.isascii() and text.isdigit()) or int(text) > 2_147_483_647:
        raise CellError(_("“%(text)s” is not a whole amount in euro.") % {"text": written[:40]})
    return int(text)


def choice_of(raw: Any, choices: Iterable[tuple[str, Any]]) -> str:
    """The code of a choice, by its label or its code."""
    text = text_of(raw)
    if not text:
        return ""
    options = list(choices)
    for code, label in options:
        if fold(text) in {fold(str(label)), code}:
            return code
    allowed = ", ".join(str(label) for _code, label in options)
    raise CellError(
        _("“%(text)s” cannot be chosen here. Choose from: %(allowed)s.") % {"text": text[:80], "allowed": allowed}
    )

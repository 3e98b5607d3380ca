"""A table that says nothing is a draft; nobody publishes it."""

import pytest
from django.core.exceptions import ValidationError

from core.blocks import TableBlock

COLUMN = {"type": "text", "heading": "Wat"}


def value(columns: list[dict[str, str]], rows: list[dict[str, list[str]]]) -> object:
    return TableBlock().to_python({"caption": "Kosten", "table": {"columns": columns, "rows": rows, "caption": ""}})


@pytest.mark.parametrize(("columns", "rows"), [([], []), ([COLUMN], [])])
def test_a_table_without_columns_or_rows_is_refused_and_fine_in_a_draft(columns, rows) -> None:
    with pytest.raises(ValidationError):
        TableBlock().clean(value(columns, rows))
    assert TableBlock().clean_deferred(value(columns, rows))["caption"] == "Kosten"


def test_a_table_with_a_cell_passes() -> None:
    cleaned = TableBlock().clean(value([COLUMN], [{"values": ["Zaal"]}]))
    assert len(cleaned["table"].columns) == 1

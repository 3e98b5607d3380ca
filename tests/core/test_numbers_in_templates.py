"""Numbers are grouped for readers (1 034); a key that a browser sends back must not be."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GROUPED = re.compile(r"\{\{ [\w.]*(?:\.pk|\.version|_page_number) \}\}")


def test_keys_and_versions_are_written_without_grouping() -> None:
    found = {
        str(path.relative_to(ROOT)): grouped
        for path in (ROOT / "templates").rglob("*.html")
        if (grouped := GROUPED.findall(path.read_text(encoding="utf-8")))
    }
    assert found == {}

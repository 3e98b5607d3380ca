"""What was measured as Markdown, and its place in docs/benchmarks.md."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bench.goals import goals

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
BEGIN, END = "<!-- results: written by make bench -->", "<!-- end of results -->"

Found = Mapping[str, Any]


def markdown(found: Found) -> str:
    """Tables, then the goals."""
    sites = [part for size, site in found.get("sites", {}).items() for part in _site(int(size), site)]
    return "\n\n".join([_conditions(found), *_engine(found.get("engine", {})), *sites, _goals(found)])


def write(text: str, page: Path = PAGE) -> None:
    """Put the results between the marks of the page."""
    before, _begin, rest = page.read_text(encoding="utf-8").partition(BEGIN)
    _old, _end, after = rest.partition(END)
    page.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")


def table(head: list[str], rows: list[list[str]]) -> str:
    """A Markdown table; all columns but the first are numbers."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _conditions(found: Found) -> str:
    conditions = found["conditions"]
    return (
        f"Measured on {conditions['day']}, {conditions['processors']} processors, Python {conditions['python']}; "
        f"load of the machine {conditions['load_before']:.1f} before and {conditions['load_after']:.1f} after."
    )


def _engine(sizes: Mapping[str, Found]) -> Iterator[str]:
    if not sizes:
        return
    rows: list[tuple[str, Callable[[Found], str]]] = [
        ("full search p50, ms", lambda r: _number(r["full"]["p50"])),
        ("full search p95, ms", lambda r: _number(r["full"]["p95"])),
        ("raw tantivy p50, ms", lambda r: _number(r["raw"]["p50"])),
        ("raw tantivy p95, ms", lambda r: _number(r["raw"]["p95"])),
        ("**full search over raw tantivy**, p50 / p95", lambda r: _pair(r["full_over_raw"])),
        ("suggestions p95, ms", lambda r: _number(r["suggest"]["p95"])),
        ("documents indexed a second", lambda r: _number(r["documents_per_second"])),
        (
            "**of raw tantivy's rate**",
            lambda r: _ratio(r["documents_per_second"], r["raw_documents_per_second"]),
        ),
        ("index, MB", lambda r: _number(r["index_megabytes"])),
        ("**index over text**", lambda r: _ratio(r["index_megabytes"], r["text_megabytes"])),
        ("a worker after 1,000 searches, MB", lambda r: _number(r["memory"]["after"])),
        ("of which before the first search, MB", lambda r: _number(r["memory"]["before"])),
    ]
    head = ["in process", *(f"{int(size):,}" for size in sizes)]
    yield table(head, [[name, *(read(row) for row in sizes.values())] for name, read in rows])


def _site(size: int, site: Found) -> Iterator[str]:
    if wagtail := site.get("wagtail"):
        rows = [
            [name, _number(wagtail[key]["p50"]), _number(wagtail[key]["p95"])]
            for name, key in (("full search, ms", "full"), ("Wagtail on PostgreSQL, ms", "wagtail"))
        ]
        ratio = wagtail["full_over_wagtail"]
        rows.append(["**full search over Wagtail's**", _number(ratio["p50"]), _number(ratio["p95"])])
        yield table([f"at {size:,} pages", "p50", "p95"], rows)
    else:
        yield "Wagtail's own search was not measured: PostgreSQL is not installed."
    delay = site["delay"]
    yield (
        f"Publishing among {size:,} pages took {_number(delay['publish'])} ms; {_number(delay['searchable'])} ms after "
        "it began another process found the page."
    )
    constant = site["http"]["constant"]["rate"]
    rows = [["constant view", _number(constant), "", "", "1"]]
    rows += [
        [kind, _number(row["rate"]), _number(row["p50"]), _number(row["p95"]), f"1/{1 / row['share']:.1f}"]
        for kind, row in site["http"].items()
        if kind != "constant"
    ]
    yield table(
        [f"over HTTP, {size:,} pages", "requests a second", "p50, ms", "p95, ms", "**of the constant view's rate**"],
        rows,
    )


def _goals(found: Found) -> str:
    rows = [[goal.text, goal.measured, goal.verdict] for goal in goals(found)]
    return table(["goal", "measured", ""], rows)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _pair(ratio: Mapping[str, float]) -> str:
    return f"{_number(ratio['p50'])} / {_number(ratio['p95'])}"


def _ratio(one: float, other: float) -> str:
    return _number(one / other)

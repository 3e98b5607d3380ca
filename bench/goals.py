"""The goals of the issue, each with what was measured. A goal of which a part was not measured is left open."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

SEARCH_P95 = 8.0  # milliseconds, at JUDGED practices
JUDGED = 20_000
LARGE = 100_000
SEARCH_SHARE = 1 / 20  # of the constant view's rate
PRACTICE_SHARE = 1 / 18
REPEATED_SHARE = 1 / 3
SQL_QUERIES = 6

Found = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Goal:
    """`met` is None where it was not measured."""

    text: str
    measured: str
    met: bool | None

    @property
    def verdict(self) -> str:
        return {True: "met", False: "missed", None: "not measured"}[self.met]


def goals(found: Found) -> list[Goal]:
    """All of them, in the order of the issue; those over HTTP for every site that was measured."""
    sites: Mapping[str, Found] = found.get("sites") or {"": {}}
    http = (goal for size, site in sites.items() for goal in _http(site, f", {int(size):,} pages" if size else ""))
    return [*_engine(found.get("engine", {})), *http]


def _engine(sizes: Mapping[str, Found]) -> Iterator[Goal]:
    text = f"full search p95 at most {SEARCH_P95:g} ms at {JUDGED:,}"
    judged, large = sizes.get(str(JUDGED)), sizes.get(str(LARGE))
    if judged is None:
        yield Goal(text, "", None)
    else:
        p95 = judged["full"]["p95"]
        yield Goal(text, f"{p95:.1f} ms", p95 <= SEARCH_P95)
    text = f"growing less than linearly to {LARGE:,}"
    if judged is None or large is None:
        yield Goal(text, "", None)
    else:
        growth = large["full"]["p95"] / judged["full"]["p95"]
        yield Goal(text, f"× {growth:.1f} for × {LARGE // JUDGED}", growth < LARGE / JUDGED)


def _http(site: Found, among: str) -> Iterator[Goal]:
    pages = site.get("http", {})
    for kind, share in (("search", SEARCH_SHARE), ("practice", PRACTICE_SHARE)):
        yield _share(pages, f"{kind}, first", among, share)
    for kind in ("search", "practice"):
        yield _share(pages, f"{kind}, repeated", among, REPEATED_SHARE)
    number = site.get("search_queries")
    met = None if number is None else number <= SQL_QUERIES
    text = f"SQL queries of a search page{among}: at most {SQL_QUERIES}"
    yield Goal(text, "" if number is None else f"{number}", met)


def _share(pages: Mapping[str, Found], kind: str, among: str, wanted: float) -> Goal:
    text = f"{kind}{among}: at least 1/{1 / wanted:.0f} of the constant view's rate"
    if kind not in pages:
        return Goal(text, "", None)
    share = pages[kind]["share"]
    return Goal(text, f"1/{1 / share:.1f}", share >= wanted)

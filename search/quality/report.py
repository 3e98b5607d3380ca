"""Measures of a whole set, as a table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from search.quality.metrics import Estimate, estimate, ndcg, recall, reciprocal_rank
from search.quality.rankers import Ranker
from search.quality.sets import JudgedQuery
from search.quality.typos import misspell

PROGRESS_EVERY = 200  # queries
HEADINGS = ("nDCG@10", "MRR@10", "Recall@10")


@dataclass(frozen=True, slots=True)
class Scores:
    """What one ranker reached: a row of estimates, and nDCG@10 of every query in order."""

    name: str
    estimates: tuple[Estimate, ...]
    ndcgs: tuple[float, ...]

    @property
    def ndcg(self) -> float:
        """The mean nDCG@10."""
        return self.estimates[0].mean

    def row(self) -> str:
        """A line of the table."""
        return f"{self.name:<28}" + "".join(f"{found!s:<24}" for found in self.estimates)


def header() -> str:
    """The first line of the table."""
    return f"{'':<28}" + "".join(f"{heading:<24}" for heading in HEADINGS)


def measure(
    name: str, queries: Sequence[JudgedQuery], rank: Ranker, *, typos: bool, progress: Callable[[str], None]
) -> Scores:
    """Ask all queries; with `typos` each with one slip, unless its author already made one."""
    values: list[tuple[float, float, float]] = []
    for number, query in enumerate(queries, start=1):
        ranking = rank(misspell(query.text) if typos and query.kind != "typo" else query.text)
        values.append(
            (ndcg(ranking, query.grades), reciprocal_rank(ranking, query.grades), recall(ranking, query.grades))
        )
        if number % PROGRESS_EVERY == 0:
            progress(f"  {number} of {len(queries)} queries")
    columns = [[value[index] for value in values] for index in range(3)]
    return Scores(name, tuple(estimate(column) for column in columns), tuple(columns[0]))


def by_kind(queries: Sequence[JudgedQuery], scores: Scores) -> list[str]:
    """Lines with the mean nDCG@10 of every kind of query."""
    kinds: dict[str, list[float]] = {}
    for query, value in zip(queries, scores.ndcgs, strict=True):
        kinds.setdefault(query.kind, []).append(value)
    return [f"  {kind:<26}{sum(found) / len(found):.3f}  ({len(found)} queries)" for kind, found in kinds.items()]


def worst(queries: Sequence[JudgedQuery], scores: Scores, number: int) -> list[str]:
    """Lines with the queries that did worst."""
    ranked = sorted(zip(scores.ndcgs, queries, strict=True), key=lambda pair: pair[0])
    return [f"  {value:.3f}  {query.text}" for value, query in ranked[:number]]

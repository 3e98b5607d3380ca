"""Percentiles, and rounds that alternate between what is compared, so that a busy moment hits all of it."""

import gc
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TypeVar

ItemT = TypeVar("ItemT")


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds: the median over rounds of each round's percentile."""

    p50: float
    p95: float

    def over(self, other: "Times") -> dict[str, float]:
        """How many times the other one this is."""
        return {"p50": self.p50 / other.p50, "p95": self.p95 / other.p95}


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def compare(subjects: dict[str, Callable[[ItemT], object]], rounds: Sequence[Sequence[ItemT]]) -> dict[str, Times]:
    """Ask every subject every item of every round. The first round warms up and does not count, unless it is alone."""
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in subjects}
    for items in rounds:
        took: dict[str, list[float]] = {name: [] for name in subjects}
        gc.collect()
        for item in items:
            for name, ask in subjects.items():
                took[name].append(milliseconds(lambda ask=ask, item=item: ask(item)))  # type: ignore[misc]
        for name, values in took.items():
            found[name].append((percentile(values, 0.5), percentile(values, 0.95)))
    return {name: _median(values[1:] or values) for name, values in found.items()}


def milliseconds(act: Callable[[], object]) -> float:
    """How long it takes."""
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def _median(rounds: list[tuple[float, float]]) -> Times:
    return Times(median(p50 for p50, _ in rounds), median(p95 for _, p95 in rounds))

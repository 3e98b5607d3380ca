"""Measures of one ranking, and what many of them say together. Pure functions."""

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

DEPTH = 10  # ranks that count
RESAMPLES = 1000
SEED = 2026
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over queries with its 95% bootstrap interval."""

    mean: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.mean:.3f} [{self.low:.3f}, {self.high:.3f}]"


def ndcg(ranking: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float:
    """Normalised discounted cumulative gain, the gain being the grade itself (as trec_eval and BEIR have it)."""
    ideal = _discounted(sorted(grades.values(), reverse=True)[:depth])
    return _discounted([grades.get(key, 0) for key in ranking[:depth]]) / ideal if ideal else 0.0


def reciprocal_rank(ranking: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float:
    """1 over the rank of the first relevant hit (of any grade above 0); 0 without one."""
    ranks = (rank for rank, key in enumerate(ranking[:depth], start=1) if grades.get(key, 0) > 0)
    return 1.0 / next(ranks, math.inf)


def recall(ranking: Sequence[str], grades: Mapping[str, int], depth: int = DEPTH) -> float:
    """The share of all relevant documents that is among the first; below 1 by nature where there are more than fit."""
    relevant = {key for key, grade in grades.items() if grade > 0}
    return len(relevant.intersection(ranking[:depth])) / len(relevant) if relevant else 0.0


def estimate(values: Sequence[float], *, resamples: int = RESAMPLES, seed: int = SEED) -> Estimate:
    """The mean and the percentiles of the means of as many samples drawn with replacement."""
    if not values:
        return Estimate(0.0, 0.0, 0.0)
    generator = random.Random(seed)  # noqa: S311 - statistics, not secrets
    means = sorted(fmean(generator.choices(values, k=len(values))) for _ in range(resamples))
    tail = round((1 - CONFIDENCE) / 2 * resamples)
    return Estimate(fmean(values), means[tail], means[resamples - 1 - tail])


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))

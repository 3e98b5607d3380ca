"""Pages over HTTP against a constant Django view: two gunicorn workers each, eight clients, in the same run."""

from collections.abc import Callable, Mapping
from statistics import median
from typing import Any

from bench.load import Load, load
from bench.servers import gunicorn

CONSTANT_REQUESTS = 2_000
AGAIN = 3  # times that an address is asked for again

Say = Callable[[str], None]


def measure_http(
    addresses: Mapping[str, list[list[str]]], environment: Mapping[str, str], *, requests: int, say: Say
) -> dict[str, Any]:
    """Rates, and what part of the constant view's rate they are: the median over rounds, each with new addresses.

    The first round warms the workers up and does not count.
    """
    rounds = len(next(iter(addresses.values())))
    found: dict[str, list[dict[str, float]]] = {}
    with gunicorn("bench.constant:application", {}) as constant, gunicorn("config.wsgi", environment) as site:
        load(constant, ["/"] * 200)
        for number in range(rounds):
            say(f"  round {number} of {rounds - 1}" if number else "  warming up")
            for kind, paths in addresses.items():
                yardstick = _checked(load(constant, ["/"] * requests), "constant view")
                first = _checked(load(site, paths[number]), kind)
                repeated = _checked(load(site, paths[number] * AGAIN), kind)
                if number == 0:
                    continue
                found.setdefault("constant", []).append({"rate": yardstick.rate})
                found.setdefault(f"{kind}, first", []).append(_against(first, yardstick))
                found.setdefault(f"{kind}, repeated", []).append(_against(repeated, yardstick))
    return {kind: {name: median(row[name] for row in rows) for name in rows[0]} for kind, rows in found.items()}


def _against(measured: Load, constant: Load) -> dict[str, float]:
    share = measured.rate / constant.rate
    return {"rate": measured.rate, "p50": measured.p50, "p95": measured.p95, "share": share}


def _checked(measured: Load, kind: str) -> Load:
    if measured.failed:
        raise RuntimeError(f"{measured.failed} answers were no success: {kind}")
    return measured

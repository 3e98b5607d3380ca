"""`make bench`: measure everything, print it with the goals, write docs/benchmarks.md and a JSON file.

SIZES       practices in process (1000,20000)
SITE        pages of the site over HTTP, one site after another; 0 leaves the site out (1000,20000)
ROUNDS      counted rounds; the median is reported (3)
QUERIES     different queries in a round (200)
OUTPUT      the JSON file (var/bench.json)
"""

import json
import os
import platform
import subprocess
import sys
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import environment
from bench.http import CONSTANT_REQUESTS, measure_http
from bench.report import markdown, write
from bench.servers import NO_POSTGRESQL, ROOT, postgresql, postgresql_programs
from bench.site import say, site_environment


def main() -> None:
    """Read what is asked for from the environment and do it."""
    sizes, sites = _sizes("SIZES"), [size for size in _sizes("SITE") if size]
    rounds, number = int(os.environ.get("ROUNDS", "3")), int(os.environ.get("QUERIES", "200"))
    before = os.getloadavg()[0]
    found: dict[str, Any] = {"engine": _engine(sizes, number, rounds)}
    if sites:
        found["sites"] = {str(size): _site(size, number, rounds) for size in sites}
    found["conditions"] = {
        "day": datetime.now(UTC).date().isoformat(),
        "processors": os.cpu_count(),
        "python": platform.python_version(),
        "load_before": before,
        "load_after": os.getloadavg()[0],
    }
    output = Path(os.environ.get("OUTPUT", str(ROOT / "var" / "bench.json")))
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(json.dumps(found, indent=1), encoding="utf-8")
    text = markdown(found)
    write(text)
    print(text)  # noqa: T201


def _sizes(name: str) -> list[int]:
    return [int(size) for size in os.environ.get(name, "1000,20000").split(",")]


def _engine(sizes: list[int], number: int, rounds: int) -> dict[str, Any]:
    environment.setup()
    from bench.engine import measure_engine

    return {str(size): measure_engine(size, number=number, rounds=rounds, say=say) for size in sizes}


def _site(size: int, number: int, rounds: int) -> dict[str, Any]:
    with ExitStack() as stack:
        directory = stack.enter_context(TemporaryDirectory(prefix="bench-site-"))
        if postgresql_programs() is None:
            say(NO_POSTGRESQL)
            database = f"sqlite:///{directory}/site.sqlite3"
        else:
            database = stack.enter_context(postgresql())
        variables = site_environment(directory, database)
        command = [sys.executable, "-m", "bench.site", str(size), str(number), str(rounds)]
        answer = subprocess.run(
            command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, **variables}
        )
        found: dict[str, Any] = json.loads(answer.stdout)
        say(f"  {size}: over HTTP")
        asked = found.pop("addresses")
        found["http"] = measure_http(asked, variables, requests=CONSTANT_REQUESTS, say=say)
        return found


if __name__ == "__main__":
    main()

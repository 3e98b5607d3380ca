"""What a worker holds in memory after many searches. Run as a module in a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

SEARCHES = 1_000
ROOT = Path(__file__).parent.parent
_PATIENCE = 1_800  # seconds
_STATUS = Path("/proc/self/status")


def after_searches(root: Path, size: int, number: int) -> dict[str, float]:
    """Megabytes of a process that only searches this index: before the first search, and after so many."""
    command = [sys.executable, "-m", "bench.memory", str(root), str(size), str(number)]
    path = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "site"), str(ROOT)))}
    answer = subprocess.run(command, check=True, capture_output=True, text=True, timeout=_PATIENCE, cwd=ROOT, env=path)
    return dict(json.loads(answer.stdout))


def resident_megabytes() -> float:
    """Of this process; 0 where the system does not tell."""
    if not _STATUS.exists():
        return 0.0
    line = next(line for line in _STATUS.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def _main() -> None:
    from bench import environment

    environment.setup()
    from bench.engine import full_search
    from bench.queries import queries
    from bench.words import synonym_groups
    from search.engines.embedded import EmbeddedEngine
    from search.synonyms import Synonyms

    root, size, number = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    asked = queries(size, number, seed=7)
    vocabulary = Synonyms.of(synonym_groups())
    before = resident_megabytes()
    engine = EmbeddedEngine(root)
    for query in asked:
        full_search(engine, query, vocabulary)
    sys.stdout.write(json.dumps({"before": before, "after": resident_megabytes(), "searches": len(asked)}))


if __name__ == "__main__":
    _main()

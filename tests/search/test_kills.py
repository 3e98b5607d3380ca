"""SIGKILL at any moment between a change and the index loses nothing.

`KILLS` says how many processes die (15 without it, in `make test`; 200 in `.ci/run`), `KILL_SEED` repeats a run.
"""

import os
import random
import sqlite3
import time

import pytest

from tests.search.processes.client import RealSite

# Among those with a database: before the tests that empty it.
pytestmark = [pytest.mark.kill, pytest.mark.slow, pytest.mark.django_db]
KILLS = int(os.environ.get("KILLS", "15"))
SEED = int(os.environ.get("KILL_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
LONGEST = 1.0  # seconds that a process lives
STATEMENTS = 150  # of SQL, at most, before a process kills itself: one or two changes
EVERY = 50  # kills between two comparisons
REBUILDING = 0.2  # of the kills also hit a rebuild


def rows_waiting(real_site: RealSite) -> int:
    database = sqlite3.connect(real_site.database)
    try:
        return int(database.execute("SELECT count(*) FROM search_outboxentry").fetchone()[0])
    finally:
        database.close()


def test_no_kill_loses_a_change(real_site: RealSite, capsys: pytest.CaptureFixture[str]) -> None:
    chance = random.Random(SEED)
    died = waited = rebuilding = checked = 0
    started = time.monotonic()
    while died < KILLS:
        statements = chance.randrange(1, STATEMENTS) if chance.random() < 0.5 else 0
        editing = real_site.start("change", seed=chance.randrange(10**9), statements=statements)
        others = [real_site.start("rebuild")] if chance.random() < REBUILDING else []
        time.sleep(chance.random() * LONGEST)
        rebuilding += sum(process.kill() for process in others)
        died += 1
        if not statements:  # else it dies by its own hand
            editing.kill()
        for process in (editing, *others):
            process.gone()
            assert not process.failed, f"seed {SEED}: {process.failed}"
        waited += rows_waiting(real_site) > 0
        if died >= checked + EVERY:
            checked = died
            check(real_site)
    found = check(real_site)
    with capsys.disabled():
        print(  # noqa: T201
            f"\nseed {SEED}: {died} editing and {rebuilding} rebuilding processes killed; {waited} times a change was "
            f"left in the outbox; {found['compared']} documents compared, 0 differ; {time.monotonic() - started:.0f} s"
        )
    assert waited or KILLS < 100, "no kill fell between a change and the index"


def check(real_site: RealSite) -> dict[str, object]:
    found = real_site.run("drain_and_compare")
    assert found["available"], f"seed {SEED}: {found['detail']}"
    assert found["left"] == [], f"seed {SEED}"
    assert found["differences"] == [], f"seed {SEED}"
    assert found["compared"], f"seed {SEED}: there is nothing to compare"
    return found  # type: ignore[no-any-return]


def test_the_comparison_notices_a_row_that_is_written_after_the_commit(real_site: RealSite) -> None:
    """The control: this is how a change would be lost."""
    check(real_site)
    doomed = real_site.start("change_and_write_the_row_too_late", seed=SEED)
    doomed.gone()
    assert not doomed.failed, doomed.failed
    found = real_site.run("drain_and_compare")
    assert len(found["differences"]) == 1
    real_site.run("rebuild")
    check(real_site)

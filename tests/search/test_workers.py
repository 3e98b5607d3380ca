"""Several web workers on one index: one writes, readers are never held up, a damaged index is rebuilt once."""

import pytest

from tests.search.processes.client import RealSite

# The latter so that it runs before the tests that empty the database.
pytestmark = [pytest.mark.slow, pytest.mark.django_db]
WORKERS = 4
PATIENCE = 120.0  # seconds: only a machine that stands still takes longer


def test_writers_readers_and_rebuilds_at_the_same_time(real_site: RealSite) -> None:
    """The reading processes fail by themselves when they touch the lock of the writers (`jobs.read`)."""
    writers = [real_site.start("change", seed=700 + number, number=3) for number in range(WORKERS)]
    readers = [real_site.start("read", searches=150) for _ in range(WORKERS)]
    rebuilder = real_site.start("rebuild_often", times=3)
    assert [writer.answer() for writer in writers]
    assert rebuilder.answer() == 3
    for reader in readers:
        found = reader.answer()
        assert found["searches"] == 150
        assert found["least"] > 0, "a reader found an index without documents"
    found = real_site.run("drain_and_compare")
    assert (found["left"], found["differences"]) == ([], [])
    assert found["compared"]


def test_a_damaged_index_is_rebuilt_once_and_all_workers_find_again(real_site: RealSite) -> None:
    before = (real_site.index / "current").read_text()
    (real_site.index / before / "meta.json").write_bytes(b"{ broken")
    workers = [real_site.start("ask_until_it_answers", seconds=PATIENCE) for _ in range(WORKERS)]
    found = [worker.answer() for worker in workers]
    assert all(answer["back"] for answer in found)
    assert sum(answer["degraded"] for answer in found)
    builds = {name for answer in found for name in answer["names"]} | {(real_site.index / "current").read_text()}
    assert len(builds) == 2, "it was rebuilt more than once"
    assert real_site.run("drain_and_compare")["differences"] == []


def test_a_process_that_starts_works_off_what_a_dead_one_left(real_site: RealSite) -> None:
    real_site.run("change_without_draining", seed=1)
    assert real_site.run("start_a_worker") == {"before": 1, "after": 0}
    assert real_site.run("drain_and_compare")["differences"] == []

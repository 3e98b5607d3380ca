"""An index that is missing or damaged never breaks a search, is noticed, and is rebuilt once."""

import shutil
import threading
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from pytest_django import Settings

from search import api, recovery
from search.engines.base import IndexBusy, IndexUnavailable
from search.engines.embedded import EmbeddedEngine
from search.query import SearchRequest
from search.synonyms import NONE
from tests.search.conftest import PUBLIC, Notes, document

REQUESTS = [
    SearchRequest(audiences=PUBLIC),
    SearchRequest(audiences=PUBLIC, text="verslag", synonyms=NONE),
    SearchRequest(audiences=PUBLIC, text='"een verslag" 7', synonyms=NONE),
]


def in_use(root: Path) -> Path:
    return root / (root / "current").read_text()


def replace(path: Path, content: bytes) -> None:
    """As a new file: cutting off a file that a process has mapped would kill that process."""
    path.unlink()
    path.write_bytes(content)


def lose(directory: Path) -> None:
    """At once: while files are removed one by one, a thread that has just opened the index may add a lock."""
    gone = directory.with_name(f"{directory.name}.gone")
    directory.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)


def lose_everything(root: Path) -> None:
    lose(root)


def lose_the_build(root: Path) -> None:
    lose(in_use(root))


def lose_the_pointer(root: Path) -> None:
    (root / "current").unlink()


def garble_the_pointer(root: Path) -> None:
    (root / "current").write_bytes(b"\xff\xfe\x00../../etc")


def empty_the_pointer(root: Path) -> None:
    (root / "current").write_bytes(b"")


def come_from_an_older_version(root: Path) -> None:
    older = root / "v1-20240101T000000-abcdef01"
    in_use(root).rename(older)
    (root / "current").write_text(older.name)


def garble_the_description(root: Path) -> None:
    replace(in_use(root) / "meta.json", b"{ broken")


def lose_the_lexicon(root: Path) -> None:
    (in_use(root) / "lexicon.tsv").unlink()


def garble_the_lexicon(root: Path) -> None:
    path = in_use(root) / "lexicon.tsv"
    replace(path, path.read_bytes()[:-5] + b"\x00\x01\x02\x03\n")


def cut_off_the_lexicon(root: Path) -> None:
    path = in_use(root) / "lexicon.tsv"
    replace(path, path.read_bytes()[:20])


def cut_off_the_segments(root: Path) -> None:
    for path in in_use(root).iterdir():
        if path.suffix in {".idx", ".term", ".store", ".fast", ".pos", ".fieldnorm"}:
            replace(path, path.read_bytes()[: path.stat().st_size // 2])


def lose_the_segments(root: Path) -> None:
    for path in in_use(root).glob("*.idx"):
        path.unlink()


DAMAGE = [
    *(lose_everything, lose_the_build, lose_the_pointer, garble_the_pointer, empty_the_pointer),
    *(come_from_an_older_version, garble_the_description, lose_the_lexicon, garble_the_lexicon, cut_off_the_lexicon),
    *(cut_off_the_segments, lose_the_segments),
]


@pytest.fixture
def background(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> recovery.Background:
    """What mends, switched on and fresh. The outbox is left alone: a thread would see another database."""
    settings.SEARCH_RECOVERY = True
    monkeypatch.setattr("search.outbox.drain_all", lambda: None)
    fresh = recovery.Background()
    monkeypatch.setattr(recovery, "background", fresh)
    return fresh


@pytest.fixture
def index(index_dir: Path, notes: Notes) -> Path:
    notes.add(*(document(str(number), f"Een verslag {number}", "met woorden") for number in range(40)))
    EmbeddedEngine(index_dir).rebuild(notes.rows.values())
    return index_dir


@pytest.fixture(autouse=True)
def another_engine(monkeypatch: pytest.MonkeyPatch, index_dir: Path) -> Iterator[None]:
    """As of a process of its own: nothing is opened yet."""
    api._engine.cache_clear()
    yield
    api._engine.cache_clear()


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize("opened", [False, True], ids=["fresh", "opened"])
def test_damage_gives_a_plain_listing_then_a_new_index(
    index: Path, background: recovery.Background, damage: Callable[[Path], None], opened: bool
) -> None:
    if opened:
        assert api.search(REQUESTS[1]).total == 40
    damage(index)
    # Who has the segments open keeps reading what the system still holds for her: that is an answer too.
    first = [api.search(request) for request in REQUESTS]
    assert all(results.degraded or results.total for results in first)
    assert opened or any(results.degraded for results in first)
    background.wait(30)
    assert [api.search(request).degraded for request in REQUESTS] == [False] * 3
    assert api.search(REQUESTS[1]).total == 40


@pytest.mark.parametrize(
    "name", ["*.idx", "*.term", "*.store", "*.fast", "*.pos", "*.fieldnorm", "meta.json", "lexicon.tsv"]
)
@pytest.mark.parametrize("content", [b"", b"garbage" * 50])
def test_a_damaged_file_never_raises_anything_else(index: Path, name: str, content: bytes) -> None:
    """Whatever the engine's library does with it: an answer or IndexUnavailable."""
    for path in in_use(index).glob(name):
        replace(path, content)
    engine = EmbeddedEngine(index)
    for request in REQUESTS:
        for question in (engine.search, engine.suggest, lambda asked: engine.more_like("note:1", asked)):
            try:
                question(request)
            except IndexUnavailable:
                continue
    try:
        engine.index([document("1", "Nieuw")])
        list(engine.ids())
    except IndexUnavailable:
        pass
    assert isinstance(engine.status().available, bool)


def test_no_reader_waits_for_the_rebuild(
    index: Path, background: recovery.Background, monkeypatch: pytest.MonkeyPatch
) -> None:
    going = threading.Event()
    monkeypatch.setattr(recovery, "rebuild", lambda engine, broken: going.wait(30))
    lose_the_build(index)
    assert all(api.search(REQUESTS[0]).degraded for _ in range(3))
    going.set()
    background.wait(30)


def test_many_who_notice_rebuild_once(index: Path) -> None:
    """Each process names the build that it found broken; who comes second finds another one in use."""
    lose_the_lexicon(index)
    engines = [EmbeddedEngine(index) for _ in range(3)]
    broken = [engine.build_name() for engine in engines]
    assert [recovery.rebuild(*pair) for pair in zip(engines, broken, strict=True)] == [40, None, None]
    assert recovery.rebuild(engines[0], engines[0].build_name()) == 40


def test_a_process_that_is_rebuilding_is_not_disturbed(index: Path) -> None:
    engine = EmbeddedEngine(index)
    outcome: list[type[BaseException]] = []

    def second() -> None:
        try:
            recovery.rebuild(EmbeddedEngine(index), engine.build_name())
        except IndexBusy as error:
            outcome.append(type(error))

    with engine.writing():
        thread = threading.Thread(target=second)
        thread.start()
        thread.join()
    assert outcome == [IndexBusy]


def test_what_cannot_be_mended_is_tried_again_only_after_a_pause_that_grows(
    tmp_path: Path, settings: Settings, notes: Notes, background: recovery.Background, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The directory cannot be made: a file stands in its place."""
    (tmp_path / "file").write_text("")
    settings.SEARCH_INDEX_DIR = tmp_path / "file" / "index"
    now = [1000.0]
    monkeypatch.setattr(recovery.time, "monotonic", lambda: now[0])
    attempts: list[float] = []
    original = recovery._rebuild_and_drain

    def attempt(*args: object) -> None:
        attempts.append(now[0])
        original(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(recovery, "_rebuild_and_drain", attempt)
    for second in range(400):
        now[0] = 1000.0 + second
        assert api.search(REQUESTS[0]).degraded
        background.wait(30)
    pauses = [later - earlier for earlier, later in pairwise(attempts)]
    assert len(attempts) <= 5
    assert pauses == sorted(pauses)
    assert pauses[0] >= recovery.FIRST_PAUSE
    assert pauses[-1] > pauses[0]


def test_nothing_starts_where_it_is_switched_off(index_dir: Path, notes: Notes, settings: Settings) -> None:
    settings.SEARCH_RECOVERY = False
    assert api.search(REQUESTS[0]).degraded
    assert not index_dir.exists()

"""The embedded engine's files: swapping, damage, locks."""

import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from search.api import get_engine, search
from search.documents import SearchDocument
from search.engines import memory
from search.engines.base import IndexBusy, IndexUnavailable
from search.engines.embedded import EmbeddedEngine
from search.engines.tantivy_query import QueryBuilder
from search.query import Facet, SearchRequest
from tests.search.conftest import PUBLIC, document

EVERYTHING = SearchRequest(audiences=PUBLIC)
HOLD = """
import fcntl, sys, time
file = open(sys.argv[1], "a")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(60)
"""


@pytest.fixture
def embedded(index_dir: Path) -> EmbeddedEngine:
    engine = get_engine()
    assert isinstance(engine, EmbeddedEngine)
    engine.rebuild([document("1", "Een")])
    return engine


def directory(root: Path) -> Path:
    return root / (root / "current").read_text()


def test_no_index_is_unavailable_for_reading_and_writing(index_dir: Path) -> None:
    engine = get_engine()
    with pytest.raises(IndexUnavailable):
        engine.search(EVERYTHING)
    with pytest.raises(IndexUnavailable):
        engine.index([document("1", "Een")])
    assert not engine.status().available
    assert search(EVERYTHING).degraded


@pytest.mark.parametrize("name", ["current", "meta.json", "lexicon.tsv"])
def test_a_missing_file_is_unavailable_until_a_rebuild(embedded: EmbeddedEngine, index_dir: Path, name: str) -> None:
    for path in [*index_dir.rglob(name)]:
        path.unlink()
    fresh = EmbeddedEngine(index_dir)
    with pytest.raises(IndexUnavailable):
        fresh.search(EVERYTHING)
    fresh.rebuild([document("1", "Een")])
    assert fresh.search(EVERYTHING).total == 1


@pytest.mark.parametrize("content", [b"{ broken", b"", b"\xff\xfe\x00"])
def test_damage_is_unavailable_also_to_a_reader_that_has_it_open(
    embedded: EmbeddedEngine, index_dir: Path, content: bytes
) -> None:
    assert embedded.search(EVERYTHING).total == 1
    (directory(index_dir) / "meta.json").write_bytes(content)
    for engine in (embedded, EmbeddedEngine(index_dir)):
        with pytest.raises(IndexUnavailable):
            engine.search(EVERYTHING)
    assert search(EVERYTHING).degraded


def test_an_index_of_another_version_is_not_opened(embedded: EmbeddedEngine, index_dir: Path) -> None:
    (index_dir / "current").write_text("v0-older")
    with pytest.raises(IndexUnavailable, match="another version"):
        embedded.search(EVERYTHING)
    (index_dir / "current").write_text("v1-/../../elsewhere")
    with pytest.raises(IndexUnavailable):
        embedded.search(EVERYTHING)


def test_a_rebuild_swaps_under_an_open_reader(embedded: EmbeddedEngine, index_dir: Path) -> None:
    reader = EmbeddedEngine(index_dir)
    assert reader.search(EVERYTHING).total == 1
    old = directory(index_dir)

    def slowly() -> Iterator[SearchDocument]:
        for key in "ab":
            assert reader.search(EVERYTHING).total == 1
            yield document(key, key)

    assert embedded.rebuild(slowly()) == 2
    assert directory(index_dir) != old
    assert reader.search(EVERYTHING).total == 2
    embedded.reset()
    assert not old.exists()
    assert reader.search(EVERYTHING).total == 0


def test_a_failing_rebuild_leaves_the_index_as_it_was(embedded: EmbeddedEngine, index_dir: Path) -> None:
    def failing() -> Iterator[SearchDocument]:
        yield document("2", "Twee")
        raise RuntimeError("database gone")

    with pytest.raises(RuntimeError):
        embedded.rebuild(failing())
    assert embedded.search(EVERYTHING).total == 1
    assert len([path for path in index_dir.iterdir() if path.is_dir()]) == 1


def test_a_second_writer_waits_and_then_gives_up(embedded: EmbeddedEngine, index_dir: Path) -> None:
    outcome: list[type[BaseException] | None] = []

    def write() -> None:
        try:
            with EmbeddedEngine(index_dir).writing(0.05):
                outcome.append(None)
        except IndexBusy:
            outcome.append(IndexBusy)

    with embedded.writing(), embedded.writing():
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    write()
    assert outcome == [IndexBusy, None]


def test_the_lock_holds_across_processes_and_dies_with_its_holder(embedded: EmbeddedEngine, index_dir: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(index_dir / "write.lock")], stdout=subprocess.PIPE)
    try:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(IndexBusy), embedded.writing(0.05):
            pass
        assert embedded.search(EVERYTHING).total == 1
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()
    with embedded.writing(5):
        embedded.index([document("2", "Twee")])


def test_another_process_is_seen_at_once(embedded: EmbeddedEngine, index_dir: Path) -> None:
    reader = EmbeddedEngine(index_dir)
    assert reader.search(EVERYTHING).total == 1
    embedded.index([document("2", "Twee")])
    assert reader.search(EVERYTHING).total == 2


def test_editors_terms_take_part_from_the_rebuild_on(embedded: EmbeddedEngine) -> None:
    text = [document("1", "Een polarisatiestrategie")]
    wanted = SearchRequest(audiences=PUBLIC, text="strategie", literal=True)
    embedded.rebuild(text)
    assert embedded.search(wanted).total == 0
    embedded.rebuild(text, words=["polarisatie", "strategie"])
    assert embedded.search(wanted).total == 1


def test_a_directory_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexUnavailable):
        EmbeddedEngine(tmp_path / "file" / "index").rebuild([])


def test_a_refused_document_frees_the_writer_at_once(embedded: EmbeddedEngine) -> None:
    with pytest.raises(ValueError, match="audience") as held:
        embedded.rebuild([document("2", "Twee", audiences=frozenset({"\ud800"}))])
    embedded.index([document("3", "Drie")])
    assert embedded.search(EVERYTHING).total == 2
    del held


def counts(engine: EmbeddedEngine, facet: str, **selected: tuple[str, ...]) -> Mapping[str, int]:
    request = SearchRequest(audiences=PUBLIC, facets=(Facet(facet),), filters=selected)
    return engine.search(request).facets[facet]


def test_what_a_commit_left_behind_that_was_killed_is_swept_away(embedded: EmbeddedEngine, index_dir: Path) -> None:
    embedded.index([document(str(number), f"Nota {number}") for number in range(5)])
    meta = directory(index_dir) / "meta.json"
    before = meta.read_bytes()
    embedded.delete(["note:3"])
    assert [*directory(index_dir).glob("*.del")], "there is no file that could be in the way"
    meta.write_bytes(before)  # killed when the deletions were written down, and the list of what counts not yet
    afterwards = EmbeddedEngine(index_dir)
    afterwards.delete(["note:3"])
    assert {hit.id for hit in afterwards.search(EVERYTHING).hits} == {f"note:{number}" for number in (0, 1, 2, 4)}


def test_every_value_counts_once_however_many_a_document_has(embedded: EmbeddedEngine) -> None:
    many = document("1", "Een", facets={"theme": ("a", "b", "c", "d", "e", "b")})
    embedded.rebuild(
        [many, document("2", "Twee", facets={"theme": ("e",)}), document("3", "Drie", facets={"theme": ()})]
    )
    assert counts(embedded, "theme") == {"a": 1, "b": 1, "c": 1, "d": 1, "e": 2}


@pytest.mark.parametrize("most", [1, 2, 3, 5])
def test_every_value_counts_however_many_a_document_has(embedded: EmbeddedEngine, most: int) -> None:
    """Nobody has more than so many, and one document in five has none."""
    themes = {
        number: tuple(f"t{(number * 7 + place * (1 + number % 6)) % 90}" for place in range(number % 5 and most))
        for number in range(180)
    }
    embedded.rebuild([document(str(number), "Iets", facets={"theme": themes[number]}) for number in themes])

    expected = Counter(value for values in themes.values() for value in set(values))
    assert counts(embedded, "theme") == expected


def test_a_changed_text_is_shown_at_once(embedded: EmbeddedEngine) -> None:
    asked = SearchRequest(audiences=PUBLIC, text="straat")
    for word in ("Nieuwstraat", "Kerkstraat", "Dorpsstraat"):
        embedded.index([document("1", f"Een {word}", body=f"Over de straat {word}.")])
        (hit,) = embedded.search(asked).hits
        assert word in hit.title_html
        assert word in hit.snippet_html


def test_texts_that_are_kept_are_bounded(embedded: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "CHARACTERS", 1_000)
    embedded.rebuild([document(str(number), f"Straat {number}", body="woorden " * 25) for number in range(12)])

    for page in (1, 2, 3):
        hits = embedded.search(SearchRequest(audiences=PUBLIC, text="straat", page=page, page_size=4)).hits
        assert [hit.title_html.startswith("<mark>Straat</mark> ") for hit in hits] == [True] * 4
    kept = embedded._current().snapshot().memory.texts

    assert 0 < sum(len(stored.text) + len(stored.known) for stored in kept.values()) <= 1_000


def test_of_very_many_values_the_frequent_and_the_selected_ones_are_counted(embedded: EmbeddedEngine) -> None:
    values = [f"v{number}" for number in range(450)]
    usual = [document(value, "Iets", facets={"theme": (value, "usual")}) for value in values]
    embedded.rebuild(usual)
    assert counts(embedded, "theme")["usual"] == 450
    shown = counts(embedded, "theme")
    assert len(shown) == 100
    rare = next(value for value in values if value not in shown)
    assert counts(embedded, "theme", theme=(rare,))[rare] == 1
    assert "nonsense" not in counts(embedded, "theme", theme=("nonsense",))


def test_what_is_known_of_a_word_holds_until_the_index_changes_and_for_nobody_else(embedded: EmbeddedEngine) -> None:
    typo = SearchRequest(audiences=PUBLIC, text="geheimzinig")
    everybody, insiders = PUBLIC, frozenset({"public", "practitioners"})

    def suggestion(audiences: frozenset[str]) -> str | None:
        return embedded.search(replace(typo, audiences=audiences)).suggestion

    embedded.rebuild([document("1", "Geheimzinnig", audiences=frozenset({"practitioners"}))])
    assert suggestion(insiders) == "geheimzinnig"
    assert suggestion(everybody) is None
    embedded.index([document("1", "Geheimzinnig")])
    assert suggestion(everybody) == "geheimzinnig"
    embedded.index([document("1", "Geheimzinnig", audiences=frozenset({"practitioners"}))])
    assert suggestion(everybody) is None


def test_an_open_index_writes_nothing_of_its_own_accord(embedded: EmbeddedEngine, index_dir: Path) -> None:
    """Tantivy would watch for commits in a thread, and lock the directory to read them."""
    embedded.search(EVERYTHING)
    time.sleep(1)  # a thread that watched until it was told not to ends within half a second
    for path in directory(index_dir).glob(".tantivy*lock"):
        path.unlink()
    meta = directory(index_dir) / "meta.json"
    draft = meta.with_suffix(".draft")
    draft.write_text(meta.read_text() + " ")
    draft.replace(meta)
    time.sleep(1)  # it would look twice a second
    assert not list(directory(index_dir).glob(".tantivy*lock"))
    assert embedded.search(EVERYTHING).total == 1


def test_a_word_that_most_documents_have_makes_no_pair(embedded: EmbeddedEngine) -> None:
    embedded.rebuild([document(str(number), "Jeugd", body="plein" if number % 2 else "straat") for number in range(10)])
    builder = QueryBuilder(embedded._current().snapshot(), EVERYTHING)

    assert len(builder._pairs(["plein", "stat", "jeugd"])) == 1
    assert builder._pairs(["plein", "jeugd"]) == []

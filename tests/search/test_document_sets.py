"""Counting with sets of documents: the counts are what a search finds, in an index of many parts with deletions too."""

import os
import random
import signal
import time
from dataclasses import replace
from pathlib import Path
from threading import Thread
from weakref import ref

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tantivy import Query

from search.documents import Attachment
from search.engines import document_sets, tantivy_counting, tantivy_search
from search.engines import tantivy_index as fields
from search.engines.aside import Aside
from search.engines.base import IndexUnavailable
from search.engines.document_sets import DocumentSets, warm
from search.engines.embedded import EmbeddedEngine
from search.engines.memory import Memory
from search.engines.tantivy_reader import ReaderView
from search.engines.tantivy_search import Snapshot
from search.query import Days, Facet, SearchRequest, Within
from tests.search.conftest import MEMBERS, PUBLIC, document

WORDS = ("jeugd", "werker", "jeugdwerker", "gemeente", "gesprek", "school", "haat", "buurt")
FACETS = (Facet("level"), Facet("theme"), Facet("label"))


def written(number: int, source: random.Random) -> dict[str, object]:
    return {
        "body": " ".join(source.choices(WORDS, k=4)),
        "audiences": PUBLIC if number % 5 else frozenset({"practitioners"}),
        "facets": {
            "level": tuple(source.sample(("primary", "secondary", "tertiary"), source.randint(0, 2))),
            "theme": (f"t{number % 7}", f"t{number % 3}"),
            "label": (f"l{source.randint(0, 60)}",),
        },
    }


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> EmbeddedEngine:
    """An index of several parts, of which documents were changed and deleted."""
    engine, source = EmbeddedEngine(tmp_path_factory.mktemp("parts")), random.Random(7)
    engine.rebuild([document(str(n), f"Nota {n}", **written(n, source)) for n in range(150)])
    for begin in range(150, 210, 20):
        engine.update([document(str(n), f"Nota {n}", **written(n, source)) for n in range(begin, begin + 20)])
    engine.update([document(str(n), f"Anders {n}", **written(n, source)) for n in range(3, 60, 7)])
    engine.delete([f"note:{n}" for n in range(0, 200, 9)])
    return engine


def snapshot_of(engine: EmbeddedEngine) -> Snapshot:
    return engine._current().snapshot()


def sets_of(engine: EmbeddedEngine) -> DocumentSets:
    """New ones, of which nothing was asked yet."""
    snapshot = snapshot_of(engine)
    return DocumentSets(snapshot.searcher, snapshot.schema)


def found_by_searching(engine: EmbeddedEngine, request: SearchRequest, facet: str, values: set[str]) -> dict[str, int]:
    """How much is found with each value alone chosen of a facet."""
    others = {name: chosen for name, chosen in request.filters.items() if name != facet}
    totals = {
        value: engine.search(replace(request, facets=FACETS, filters={**others, facet: (value,)})).total
        for value in values
    }
    return {value: total for value, total in totals.items() if total}


TEXTS = st.lists(
    st.one_of(
        st.sampled_from([*WORDS, "jeu", "nota", "onbekend"]),
        st.lists(st.sampled_from(WORDS), min_size=2, max_size=2).map(lambda words: f'"{" ".join(words)}"'),
        st.sampled_from(WORDS).map(lambda word: f"-{word}"),
    ),
    max_size=4,
).map(" ".join)
CHOSEN = st.fixed_dictionaries(
    {},
    optional={
        "level": st.sampled_from([("primary",), ("primary", "tertiary")]),
        "theme": st.sampled_from([("t1",), ("t2", "t4"), ("nergens",)]),
    },
)


@given(text=TEXTS, chosen=CHOSEN, audiences=st.sampled_from([PUBLIC, MEMBERS, frozenset({"practitioners"})]))
@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_every_count_is_what_choosing_the_value_finds(parts, text, chosen, audiences) -> None:
    request = SearchRequest(audiences=audiences, text=text, facets=FACETS, filters=chosen, literal=True)
    counts = parts.search(request).facets
    known = {"level": {"primary", "secondary", "tertiary"}, "theme": {f"t{number}" for number in range(7)}}
    for facet, values in known.items():
        assert counts[facet] == found_by_searching(parts, request, facet, values), facet


@pytest.mark.parametrize(
    ("text", "total"), [("ond", 5), ("onde", 5), ("onder", 3), ("ondern", 2), ("ondeug", 1), ("jeugd ondern", 3)]
)
def test_half_a_word_counts_what_it_finds(tmp_path: Path, text: str, total: int) -> None:
    """Also where only a stop word begins so, a word that is cut, or one of an attachment: those have no stem there."""
    engine = EmbeddedEngine(tmp_path)
    texts = ("Een ondernemer", "De ondernemers", "Eronder of onder", f"Data ond{'e' * 150}", "Jeugd", "Anders")
    documents = [document(str(n), "Nota", body, facets={"level": ("x",)}) for n, body in enumerate(texts)]
    attached = (Attachment("bijlage.pdf", "Wat ondeugend is"),)
    engine.rebuild([*documents, document("9", "Nota", "Meer", attachments=attached, facets={"level": ("x",)})])
    found = engine.search(SearchRequest(audiences=PUBLIC, text=text, facets=FACETS, literal=True))
    assert (found.total, dict(found.facets["level"])) == (total, {"x": total})


def test_the_index_of_these_tests_has_parts_and_gaps(parts: EmbeddedEngine) -> None:
    searcher = snapshot_of(parts).searcher
    assert searcher.num_segments > 1
    assert sets_of(parts).size > searcher.num_docs, "no number is of a deleted document"


def test_ids_and_days_narrow_the_counts(tmp_path: Path) -> None:
    from datetime import date

    engine = EmbeddedEngine(tmp_path)
    engine.rebuild(
        [document(str(n), "Nota", updated=date(2026, 1, n), facets={"theme": (f"t{n % 2}",)}) for n in range(1, 9)]
    )
    asked = SearchRequest(audiences=PUBLIC, facets=(Facet("theme"),))
    days = replace(asked, days=Days(first=date(2026, 1, 3), last=date(2026, 1, 5)))
    assert engine.search(days).facets["theme"] == {"t1": 2, "t0": 1}
    some = replace(asked, within=Within(ids=frozenset({"note:2", "note:4", "note:7", "note:99"}), params=()))
    assert engine.search(some).facets["theme"] == {"t0": 2, "t1": 1}
    assert engine.search(replace(days, kinds=("other",))).facets["theme"] == {}


def test_what_a_member_asked_first_tells_a_visitor_nothing(tmp_path: Path) -> None:
    """The sets are of all documents; the counts are of those that the reader may see."""
    engine = EmbeddedEngine(tmp_path)
    closed = {"audiences": frozenset({"practitioners"}), "facets": {"theme": ("geheim", "open")}}
    engine.rebuild([document("1", "Zeldzaam", **closed), document("2", "Zeldzaam", facets={"theme": ("open",)})])
    asked = SearchRequest(audiences=MEMBERS, text="zeldzaam", facets=(Facet("theme"),))
    assert engine.search(asked).facets["theme"] == {"open": 2, "geheim": 1}

    visitor = replace(asked, audiences=PUBLIC)
    assert engine.search(visitor).facets["theme"] == {"open": 1}
    assert engine.search(replace(visitor, filters={"theme": ("geheim",)})).facets["theme"] == {"open": 1}


def test_most_results_first_and_equals_by_the_alphabet(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    themes = (("b", "vaak"), ("c", "vaak"), ("a", "vaak", "soms"), ("soms",))
    engine.rebuild([document(str(n), "Nota", facets={"theme": found}) for n, found in enumerate(themes)])
    counts = engine.search(SearchRequest(audiences=PUBLIC, facets=(Facet("theme"),))).facets["theme"]
    assert list(counts.items()) == [("vaak", 3), ("soms", 2), ("a", 1), ("b", 1), ("c", 1)]


def test_of_an_empty_index_nothing_is_counted(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    engine.reset()
    asked = SearchRequest(audiences=PUBLIC, text="iets", facets=FACETS, filters={"theme": ("x",)})
    assert engine.search(asked).facets == {"level": {}, "theme": {}, "label": {}}


def test_sets_that_are_remembered_are_bounded(parts: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_sets, "REMEMBERED", 3_000)
    sets = sets_of(parts)
    for word in (*WORDS, *(f"onbekend{number}" for number in range(20)), *WORDS):
        found = sets.union([sets.term(fields.EXACT, word)])
        assert (found == sets_of(parts).union([sets_of(parts).term(fields.EXACT, word)])).all()
        assert sum(one.nbytes for one in sets._remembered.values()) <= 3_000
        assert len(sets._remembered) <= 6, "words that no document has are remembered without end"


def test_frequent_words_are_read_before_anybody_asks(parts: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not sets_of(parts).is_worth_warming, "reading a set of a few documents takes no time"
    monkeypatch.setattr(document_sets, "WARM_FROM", 100)
    sets = sets_of(parts)
    assert sets.is_worth_warming
    warm(ref(sets))

    read = {key[1] for key in sets._remembered if key[0] == fields.EXACT}
    assert set(WORDS) <= read
    monkeypatch.setattr(sets, "_numbers", None)  # or asking again would fail
    assert sets.term(fields.EXACT, "jeugd").any()
    assert sets.any_of(fields.EXACT, ["jeugd", "haat"]).any()


def test_reading_ahead_stops_when_the_index_has_changed(parts: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_sets, "WARM_FROM", 100)
    sets = sets_of(parts)
    asked: list[str] = []
    whole = DocumentSets.term

    def once(self: DocumentSets, field: str, term: str) -> object:
        nonlocal sets
        asked.append(term)
        sets = None  # a commit: nobody uses them any more
        return whole(self, field, term)

    monkeypatch.setattr(DocumentSets, "term", once)
    warm(ref(sets))
    assert len(asked) == 1


def test_who_counts_first_begins_to_read_ahead_and_does_not_wait(
    parts: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document_sets, "WARM_FROM", 100)
    begun: list[Thread] = []

    class Waiting(Thread):
        def start(self) -> None:
            begun.append(self)

    monkeypatch.setattr(tantivy_counting, "Thread", Waiting)
    snapshot = replace(snapshot_of(parts), memory=type(snapshot_of(parts).memory)())
    for _search in range(2):
        snapshot.search(SearchRequest(audiences=PUBLIC, text="jeugd", facets=FACETS))
    assert [thread.name for thread in begun] == ["document-sets"]
    monkeypatch.setattr(tantivy_counting, "warm", lambda _sets: (_ for _ in ()).throw(OSError("gone")))
    begun[0].run()  # an index that went away is found out by the next search, not here


@pytest.mark.parametrize("audiences", [PUBLIC, MEMBERS, frozenset({"practitioners"}), frozenset({"nobody"})])
def test_a_word_is_known_to_who_may_see_a_document_with_it(parts: EmbeddedEngine, audiences: frozenset[str]) -> None:
    """Also when the best few of many documents with the word are closed to her, as asked without any sets."""
    request = SearchRequest(audiences=audiences)
    snapshot = snapshot_of(parts)
    for field in (fields.ALL, fields.EXACT):
        for word in ("jeugd", "werk", "werker", "nota", "anders", "haat", "gezocht", *map(str, range(0, 210, 3))):
            plain = replace(snapshot, memory=Memory())
            quick = replace(snapshot, memory=Memory())
            quick.memory.sets = sets_of(parts)
            expected = ReaderView(plain, request)._is_visible(field, word)
            assert ReaderView(quick, request)._is_visible(field, word) == expected, (field, word)


def test_a_word_of_many_closed_documents_and_one_open_one_is_known(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    closed = [
        document(str(n), "Kluis kluis", body="kluis " * 5, audiences=frozenset({"practitioners"})) for n in range(30)
    ]
    engine.rebuild([*closed, document("open", "Nota", body=f"{'tekst ' * 40} kluis")])
    snapshot = snapshot_of(engine)
    snapshot.memory.sets = DocumentSets(snapshot.searcher, snapshot.schema)
    best = snapshot.searcher.search(Query.term_query(snapshot.schema, fields.ALL, "kluis"), 10).hits
    known = {audience: ReaderView(snapshot, SearchRequest(audiences=audience)) for audience in (PUBLIC, MEMBERS)}
    assert not snapshot.memory.sets.has_any(fields.AUDIENCE, PUBLIC, [address for _score, address in best])
    assert known[PUBLIC]._is_visible(fields.ALL, "kluis")
    engine.delete(["note:open"])
    assert not ReaderView(snapshot_of(engine), SearchRequest(audiences=PUBLIC))._is_visible(fields.ALL, "kluis")


@pytest.mark.parametrize("page", [1, 4])
@pytest.mark.parametrize("text", ["jeugd", "gesprek -haat", '"jeugd werker"', "gemeente school", ""])
def test_finding_beside_counting_finds_the_same(
    parts: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch, text: str, page: int
) -> None:
    request = SearchRequest(text=text, audiences=PUBLIC, facets=FACETS, page=page)
    monkeypatch.setattr(tantivy_search, "WORTH_A_THREAD", 1_000)
    one_after_the_other = parts.search(request)
    monkeypatch.setattr(tantivy_search, "WORTH_A_THREAD", 0)
    assert parts.search(request) == one_after_the_other


def test_what_goes_wrong_in_the_other_thread_is_told(parts: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object) -> None:
        raise ValueError("a block is damaged")

    monkeypatch.setattr(tantivy_search, "WORTH_A_THREAD", 0)
    monkeypatch.setattr(Snapshot, "_page", broken)
    with pytest.raises(IndexUnavailable, match="a block is damaged"):
        parts.search(SearchRequest(text="jeugd", audiences=PUBLIC, facets=FACETS))


def test_a_fork_has_threads_of_its_own() -> None:
    """Gunicorn forks its workers; a pool that believes in the threads of its parent would wait for ever."""
    aside = Aside()
    assert aside.begin(lambda: "parent")() == "parent"
    child = os.fork()
    if not child:
        os._exit(0 if aside.begin(lambda: "child")() == "child" else 1)
    for _attempt in range(500):
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            assert status == 0
            return
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    pytest.fail("the child waits for threads that it does not have")

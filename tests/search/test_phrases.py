"""Phrases of the vocabularies, found when a text is indexed; and the same answers where they are not."""

import random
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.documents import Attachment, SearchDocument
from search.engines.embedded import EmbeddedEngine
from search.language.lexicon import LexiconFile
from search.language.phrases import Phrases
from search.query import Facet, SearchRequest, SearchResults
from search.synonyms import Synonyms
from tests.search.conftest import PUBLIC, document

NAMES = ("lokaal bestuur", "gemeente", "plaatselijke overheid in Vlaanderen")
SYNONYMS = Synonyms.of([NAMES])
LEVEL = Facet("level")
WORDS = ("jeugd", "werker", "jeugdwerker", "lokaal", "bestuur", "gemeente", "de", "overheid", "plaatselijke", "plein")
Engines = Callable[[Iterable[str]], EmbeddedEngine]


@pytest.fixture
def made(tmp_path: Path) -> Engines:
    """Makes an engine with these words of a vocabulary."""

    def engine(words: Iterable[str] = ()) -> EmbeddedEngine:
        found = EmbeddedEngine(tmp_path / str(len(list(tmp_path.iterdir()))))
        found.rebuild(texts(), words=words)
        return found

    return engine


def texts() -> list[SearchDocument]:
    """Sixty short texts of few words, a third of them with an attachment; every one has a level."""
    source = random.Random(7)

    def some(number: int) -> str:
        return " ".join(source.choices(WORDS, k=number))

    return [
        document(
            str(number),
            some(3),
            body=some(6),
            attachments=(Attachment("Bijlage", some(8)),) if number % 3 == 0 else (),
            facets={"level": ("primary",)},
        )
        for number in range(60)
    ]


def asked(engine: EmbeddedEngine, text: str, synonyms: Synonyms = SYNONYMS) -> SearchResults:
    request = SearchRequest(audiences=PUBLIC, text=text, facets=(LEVEL,), synonyms=synonyms, page_size=100)
    return engine.search(request)


def test_the_phrases_of_a_text() -> None:
    phrases = Phrases([("a", "b"), ("a", "b", "c"), ("b", "d"), ("c",)])

    assert phrases.within(["x", "a", "b", "c"]) == {("a", "b"), ("a", "b", "c")}
    assert phrases.within(["a", "x", "b", "a"]) == set()
    assert phrases.within([]) == set()
    assert ("c",) not in phrases, "a single word is no phrase"


def test_the_file_of_the_lexicon_keeps_them(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.tsv"
    LexiconFile(path).create({"eerste": 1}, Phrases([("lokaal", "bestuur")]))
    reader = LexiconFile(path)
    reader.refresh()
    LexiconFile(path).append({"tweede": 1})
    reader.refresh()

    assert list(reader.lexicon.phrases) == [("lokaal", "bestuur")]
    assert set(reader.lexicon.counts) == {"eerste", "tweede"}


@pytest.mark.parametrize("text", ["gemeente", "lokale besturen", '"lokaal bestuur"', "jeugd gemeente", "plein -lokaal"])
def test_a_known_phrase_answers_as_an_unknown_one(made: Engines, text: str) -> None:
    # The words of the names stand in the texts themselves: the lexicons differ in nothing else.
    with_phrases, without = made(NAMES[:1]), made(["lokaal", "bestuur"])

    found, expected = asked(with_phrases, text), asked(without, text)

    assert ("lokaal", "bestuur") in with_phrases._current().words.lexicon.phrases
    assert [(hit.id, hit.score, hit.title_html, hit.snippet_html) for hit in found.hits] == [
        (hit.id, hit.score, hit.title_html, hit.snippet_html) for hit in expected.hits
    ]
    assert found.facets == expected.facets
    assert found.total


def test_a_phrase_that_came_after_the_rebuild_works_at_once(made: Engines) -> None:
    engine = made(NAMES[:1])
    engine.update([document("nieuw", "Een plaatselijke overheid in Vlaanderen")])

    assert "note:nieuw" in {hit.id for hit in asked(engine, "gemeente").hits}


def test_a_document_that_came_after_the_rebuild_is_searched_for_the_same_phrases(made: Engines) -> None:
    engine = made(NAMES)
    attached = (Attachment("Nota", "Over het lokaal bestuur."),)
    engine.update([document("tekst", "Een lokaal bestuur"), document("bijlage", "Iets", attachments=attached)])
    found = {hit.id for hit in asked(engine, "gemeente").hits}

    assert {"note:tekst", "note:bijlage"} <= found
    assert asked(engine, "gemeente").facets["level"]["primary"] == len(found) - 2, "those two have no level"


def test_no_phrase_stands_across_two_texts(made: Engines) -> None:
    engine = made(NAMES)
    engine.update([document("over", "Plein lokaal", body="Bestuur plein")])

    assert "note:over" not in {hit.id for hit in asked(engine, '"lokaal bestuur"').hits}


QUERIES = st.lists(
    st.one_of(
        st.sampled_from([*WORDS, "jeu", "gemeen", "besturen", "ongekend"]),
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(lambda words: f'"{" ".join(words)}"'),
        st.sampled_from(WORDS).map(lambda word: f"-{word}"),
    ),
    max_size=5,
).map(" ".join)


@pytest.fixture
def both(made: Engines) -> tuple[EmbeddedEngine, ...]:
    """One that knows the phrases and one that does not."""
    return made(NAMES), made()


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=QUERIES)
def test_what_is_counted_is_what_is_found(both: tuple[EmbeddedEngine, ...], text: str) -> None:
    """Every text has the level: if its count is the total, counting found the same."""
    for engine in both:
        results = asked(engine, text)
        assert results.facets["level"].get("primary", 0) == results.total

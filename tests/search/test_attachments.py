"""Text of attachments in the index: found, for less, within bounds, and with a word on where."""

import pytest

from search import documents, highlight
from search.documents import Attachment
from search.engines.base import SearchEngine
from tests.search.conftest import MEMBERS, Find, document, keys

pytestmark = pytest.mark.usefixtures("engine")


def attached(*texts: str) -> dict[str, object]:
    return {"attachments": tuple(Attachment(f"Bijlage {n}", text) for n, text in enumerate(texts, start=1))}


@pytest.fixture(autouse=True)
def library(engine: SearchEngine) -> None:
    engine.rebuild([
        document("page", "Sport", "Wie zwemt, leert ook reddend zwemmen in het zwembad."),
        document("file", "Muziek", "Samen zingen.", **attached("Niets hier.", "De <b>jeugdwerkers</b> gaan zwemmen.")),
        document("secret", "Dicht", "Niets.", **attached("Een zwaluwstaart en zwemmen."),
                 audiences=frozenset({"practitioners"})),
        *(document(f"filler{n}", "Iets anders", "Een heel ander onderwerp.") for n in range(20)),
    ])  # fmt: skip


def test_a_match_on_the_page_comes_before_one_in_an_attachment(find: Find) -> None:
    results = find("q=zwemmen")
    assert keys(results) == ["page", "file"]
    assert [hit.attachment for hit in results.hits] == [None, "Bijlage 2"]


def test_the_passage_is_marked_and_escaped(find: Find) -> None:
    hit = find("q=jeugdwerker").hits[0]
    assert hit.snippet_html == "De &lt;b&gt;<mark>jeugdwerkers</mark>&lt;/b&gt; gaan zwemmen."


@pytest.mark.parametrize("query", ['"gaan zwemmen"', "jeugdwerk", "jeugdwerkers zwembroek", "jeugdwerker"])
def test_phrases_and_beginnings_work_in_attachments(find: Find, query: str) -> None:
    hits = {hit.id: hit.attachment for hit in find(f"q={query}").hits}
    assert hits["note:file"] == "Bijlage 2"


def test_a_minus_word_takes_away_what_the_word_would_have_found(find: Find) -> None:
    assert keys(find("q=zwemmen -jeugdwerkers")) == ["page"]


def test_a_word_that_only_an_attachment_knows_is_not_corrected(find: Find) -> None:
    assert find("q=jeugdwerkers").suggestion is None


@pytest.mark.parametrize("query", ["zwaluwstaart", "zwaluw", '"een zwaluwstaart"', "zwaluwstart"])
def test_an_attachment_is_closed_with_its_page(find: Find, query: str) -> None:
    results = find(f"q={query}")
    assert (keys(results), results.suggestion) == ([], None)
    assert keys(find(f"q={query}", audiences=MEMBERS)) == (["secret"] if query != "zwaluwstart" else [])


def test_only_so_much_of_so_many_attachments_is_indexed(
    engine: SearchEngine, find: Find, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "MAXIMUM_ATTACHMENTS", 1)
    monkeypatch.setattr(documents, "ATTACHMENT_CHARACTERS", 20)
    engine.rebuild([document("long", "Lang", **attached("eerst komt vooraan " + "later " * 9, "tweede"))])
    assert keys(find("q=vooraan")) == ["long"]
    assert keys(find("q=later")) == keys(find("q=tweede")) == []


def test_looking_for_passages_is_bounded_over_the_page_of_results(find: Find, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(highlight, "ATTACHED_SCANNED", 10)
    hit = find("q=jeugdwerkers").hits[0]
    assert (hit.id, hit.attachment) == ("note:file", None)


def test_a_passage_deep_in_a_long_attachment_is_found(engine: SearchEngine, find: Find) -> None:
    long = "heel gewone woorden " * 3000 + "en dan de zwaluwstaart " + "weer gewone woorden " * 1000
    engine.rebuild([document(str(n), "Lang", **attached(long)) for n in range(20)])
    hits = find("q=zwaluwstaart").hits
    assert [hit.attachment for hit in hits] == ["Bijlage 1"] * 20
    assert all("<mark>zwaluwstaart</mark>" in hit.snippet_html for hit in hits)
    assert hits[0].snippet_html.startswith("… ")
    assert hits[0].snippet_html.endswith(" …")


def test_a_changed_attachment_changes_the_fingerprint() -> None:
    prints = {document("1", "x", **attached(*texts)).fingerprint() for texts in ((), ("a",), ("b",), ("a", "b"))}
    assert len(prints) == 4

"""Mistyped words are mended, right ones are left alone, and no correction tells what its reader may not see."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.base import SearchEngine
from search.language import Lexicon, Speller
from search.language.slips import cost, one_slip
from search.query import SearchRequest
from search.synonyms import Synonyms
from tests.search.conftest import MEMBERS, PUBLIC, document, keys

GROUPS = (
    ("beroepsgeheim", "zwijgplicht"),
    ("politie", "wijkagenten"),
    ("vertrouwelijk dossier", "geheimbestand"),
    ("sociale samenhang", "sociale cohesie"),
)
LIBRARY = [
    document("1", "Beroepsgeheim in Gent", "De politie en het beroepsgeheim; sociale samenhang in Gent."),
    document("2", "Identiteit op school", "Jongeren over hun identiteit, over elke dag en over landen."),
    document("3", "Hulpverlening", "De jeugd en de hulpverlening, ook voor ouders van een leerling."),
    document("4", "Een deradicaliseringsambtenaar", "Wat de deradicaliseringsambtenaren vertellen."),
    document("secret", "Vertrouwelijk dossier", "Het parelduiken.", audiences=frozenset({"practitioners"})),
]
letters = st.text("abcdeghijnoprst", min_size=1, max_size=12)


@pytest.fixture
def ask(engine: SearchEngine):
    engine.rebuild(LIBRARY, words=[phrase for group in GROUPS for phrase in group])

    def asked(text: str, audiences=PUBLIC):
        request = SearchRequest(text=text, audiences=audiences, synonyms=Synonyms.of(GROUPS))
        return engine.search(request)

    return asked


@pytest.mark.parametrize(
    ("typed", "meant", "key"),
    [
        ("zwijgpilcht", "zwijgplicht", "1"),  # only the vocabulary says it
        ("wjikagent", "wijkagent", "1"),  # of a plural in the vocabulary
        ("sociale vohesie", "sociale cohesie", "1"),
        ("Gnt", "gent", "1"),
        ("jeugdhlpverlening", "jeugdhulpverlening", "3"),  # no text has it, its parts are known
        ("dientiteit", "identiteit", "2"),  # the stemmer makes it a known word
        ("ouedrs", "ouders", "3"),
    ],
)
def test_a_slip_is_mended(ask, typed: str, meant: str, key: str) -> None:
    results = ask(typed)
    assert (results.suggestion, keys(results)[:1]) == (meant, [key])


@pytest.mark.parametrize("text", ["jeugdhulpverlening", "hulpverleningsjeugd", "Gent", "identiteiten", "wijkagent"])
def test_what_is_possible_is_left_alone(ask, text: str) -> None:
    assert ask(text).suggestion is None


def test_no_correction_is_a_word_without_meaning(ask) -> None:
    assert ask("oveer").suggestion is None


def test_an_unfinished_last_word_finds_the_forms_of_what_it_may_become(ask) -> None:
    results = ask("deradicaliseringsambtenar")
    assert (keys(results), results.suggestion) == (["4"], None)


@pytest.mark.parametrize("typed", ["pareldiuken", "geheimbestnad", "geheimbsetand"])
def test_a_correction_tells_nothing_of_what_is_closed(ask, typed: str) -> None:
    assert ask(typed).suggestion is None
    assert ask(typed, audiences=MEMBERS).suggestion in {"parelduiken", "geheimbestand"}


def test_hostile_words_are_given_up_soon(ask) -> None:
    assert ask("deradicaliseringsambtenaarx" * 11).suggestion is None
    assert (ask("gentt " * 30 + "x").suggestion or "").count("gent ") == 6


def test_company_decides_between_equals(engine: SearchEngine) -> None:
    engine.rebuild([document("1", "De bank", "Een bank in het park."), document("2", "De band", "Muziek van de band.")])
    for text, meant in (("muziek banx", "muziek band"), ("park banx", "park bank")):
        assert engine.search(SearchRequest(text=text, audiences=PUBLIC)).suggestion == meant


def test_likelier_slips_come_first() -> None:
    lexicon = Lexicon()
    lexicon.add({"kwaliteit": 3, "kwaliteid": 0, "kwaliteiten": 3, "dijken": 3, "deken": 3})
    words = [found.word for found in Speller(lexicon).candidates("deiken")]
    assert words == ["dijken", "deken"]


@given(letters)
def test_the_cost_of_a_slip(word: str) -> None:
    assert cost(word, word) == 0
    assert all(cost(near, word) <= 1.2 for near in set(one_slip(word)))


@given(letters, letters)
def test_any_two_words_can_be_compared(one: str, other: str) -> None:
    assert 0 <= cost(one, other) <= 1.2 * max(len(one), len(other)) + 1.2

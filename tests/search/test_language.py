"""Dutch words find each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.language import Analyzer, Lexicon, Speller, fold, normalise, tokenise
from search.language.lexicon import LexiconFile, surface_counts
from search.language.phrases import Phrases
from search.language.stems import stem

TEXT = """
De deradicalisering van jongeren vraagt tijd. Een ambtenaar werkt aan deradicalisering. De ambtenaar belt.
Jeugd en werkers: het jeugdwerk en de jeugd. De werkers en de werker overleggen over beleid en veiligheid.
De gemeente en de raad, een overheid met verantwoordelijkheid, lokale veiligheid en integraal beleid.
"""


@pytest.fixture
def analyzer() -> Analyzer:
    lexicon = Lexicon()
    lexicon.add(surface_counts([TEXT]))
    return Analyzer(lexicon)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("moskee", "moskeeën"),
        ("theorie", "theorieën"),
        ("ambtenaar", "ambtenaren"),
        ("gemeente", "gemeenten"),
        ("huis", "huizen"),
        ("financieel", "financiële"),
    ],
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(fold(one)) == stem(fold(other))


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("deradicaliseringsambtenaar", ("deradicalisering", "ambtenaar")),
        ("jeugdwerkers", ("jeugd", "werkers")),
        ("veiligheidsbeleid", ("veiligheid", "beleid")),
        ("gemeenteraad", ("gemeente", "raad")),
    ],
)
def test_a_compound_is_indexed_with_its_parts(analyzer: Analyzer, compound: str, parts: tuple[str, ...]) -> None:
    assert set(analyzer.forms(compound).parts) == {stem(part) for part in parts}


@pytest.mark.parametrize("word", ["overheid", "verantwoordelijkheid", "ambtenaar", "onbekend", "jeugd"])
def test_what_only_looks_like_a_compound_stays_whole(analyzer: Analyzer, word: str) -> None:
    assert analyzer.forms(word).parts == ()


def test_an_editors_term_lets_compounds_be_split() -> None:
    lexicon = Lexicon()
    lexicon.add({"radicalisering": 10, "preventie": 10})
    assert len(Analyzer(lexicon).forms("radicaliseringspreventie").parts) == 2


def test_growing_lexicon_is_noticed(analyzer: Analyzer) -> None:
    assert analyzer.forms("klimaatbeleid").parts == ()
    analyzer.lexicon.add({"klimaat": 3})
    assert len(analyzer.forms("klimaatbeleid").parts) == 2


def test_genitive_hyphen_and_stop_words(analyzer: Analyzer) -> None:
    assert [token.word for token in tokenise("De foto's van LIVC-R")] == ["de", "foto", "van", "livc", "r"]
    terms = analyzer.index_terms("de anti-radicalisering van foto’s")
    assert "de" not in terms
    assert stem("antiradicalisering") in terms
    assert stem("foto") in terms


@given(st.text(max_size=200))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)
    for token in tokenise(text):
        assert fold(text[token.start : token.end]).startswith(token.word)


@given(st.text(max_size=200))
def test_normalising_is_stable_and_can_be_encoded(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    once.encode()


def test_speller_offers_the_nearest_word_first(analyzer: Analyzer) -> None:
    speller = Speller(analyzer.lexicon)
    assert speller.candidates("deradicaliserng")[0].word == "deradicalisering"
    assert speller.candidates("raad2") == []
    analyzer.lexicon.add({"extremisme": 2})
    assert speller.candidates("extremsme")[0].word == "extremisme"


def test_lexicon_shows_the_usual_accents() -> None:
    lexicon = Lexicon()
    lexicon.add({"moskeeën": 5, "moskeeen": 1})
    assert lexicon.count("moskeeen") == 6
    assert lexicon.display("moskeeen") == "moskeeën"


def test_followers_of_the_file_survive_a_torn_line(tmp_path) -> None:
    path = tmp_path / "lexicon.tsv"
    writer, reader = LexiconFile(path), LexiconFile(path)
    writer.create({"eerste": 1}, Phrases())
    reader.refresh()
    with path.open("ab") as file:
        file.write(b"half ge")
    reader.refresh()
    assert "half ge" not in reader.lexicon
    LexiconFile(path).append({"tweede": 2})
    reader.refresh()
    assert reader.lexicon.count("tweede") == 2


@pytest.mark.parametrize(
    ("word", "other"),
    [("begeleiding", "beleid"), ("gemeente", "mening"), ("geweld", "wel"), ("gezinnen", "zinnen")],
)
def test_a_noun_keeps_its_own_ge(word: str, other: str) -> None:
    assert stem(word) != stem(other)
    assert stem("gewerkt") == stem("werken")


@pytest.mark.parametrize(
    ("one", "other"),
    [("polarisatie", "polarisering"), ("geradicaliseerde", "radicalisering"), ("begeleiden", "begeleiding")],
)
def test_forms_of_one_verb_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)

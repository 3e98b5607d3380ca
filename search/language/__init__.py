"""Dutch for every engine: normalising, stems, compounds, spelling. Index and query use the same `Analyzer`."""

from search.language.analysis import Analyzer, Forms, is_indexed
from search.language.lexicon import Lexicon
from search.language.spelling import Speller
from search.language.text import Token, fold, normalise, tokenise

__all__ = ["Analyzer", "Forms", "Lexicon", "Speller", "Token", "fold", "is_indexed", "normalise", "tokenise"]

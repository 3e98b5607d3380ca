"""Dutch stop words and stems."""

import re
from functools import lru_cache

import snowballstemmer

# Function words: they carry no meaning of their own. Folded, lower-case.
STOP_WORDS = frozenset(
    """
    aan aangaande al alle alles als altijd ander andere anders ben bij bijna binnen boven bent beide beiden
    daar daarbij daardoor daarin daarmee daarna daarom daarop daarvan daarvoor dan dat de den der des deze dezelfde
    die dien dit doch doen door dus een eens elk elke en enige enkel enkele er erg ergens ervan even eveneens
    gaan ge geen geweest had hadden haar heb hebben hebt heeft heel hem hen het hier hierbij hierdoor hierin hij hoe
    hoewel hun iemand iets ik in indien is ja je jij jou jouw jullie kan kon konden kun kunnen maar mag me meer men met
    mij mijn moest moet moeten mogen na naar naast niet niets nog noch nu of om omdat onder ons onze ook op over
    per reeds rond s sinds sommige steeds te tegen tenzij terwijl toch toen tot tussen tijdens u uit uw van vanaf veel
    via vanuit voor vooral voordat waar waarbij waardoor waarin waarmee waarom waarop waarvan waarvoor wanneer want
    waren was wat we wel welk welke werd werden wie wij wil willen word worden wordt zal ze zeer zelf zelfs zich zij
    zijn zo zoals zodat zonder zou zouden zulke zullen
    """.split()  # noqa: SIM905 - a list of words reads better as text
)

# "financiele", "officiele": folding took the diaeresis that told the stemmer that "iele" is not as in "wielen".
_ADJECTIVE = re.compile(r"(?<=[cdnrt])iele$")
_SNOWBALL = snowballstemmer.stemmer("dutch")  # Kraaij-Pohlmann; uses PyStemmer's C code where it is installed


def mend_folded(word: str) -> str:
    """What the stemmer does not know of folded words: "moskeeen" → "moskee", "financiele" → "financieel"."""
    if word.endswith(("eeen", "ieen")):
        word = word[:-2]
    return _ADJECTIVE.sub("ieel", word) if word.endswith("iele") else word


# Words whose "ge" is no participle's, which is what the stemmer takes it for: "gemeente" is no "mening", "geweld" no
# "wel", "gezin" no "zin", "begeleiding" no "beleid".
_OWN_GE = re.compile(r"^(be)?ge(?=lei|loof|lov|meen|vang|weld|zin)")
_HIDDEN_GE = "gu"
# "polarisatie" stems to "polariseer", "polarisering" to "polariser"; both are made from the same verb.
_VERB_ENDING = re.compile(r"(?<=[a-z]{4})eer$")


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The stem of one folded word; never empty for a word that is not."""
    mended = mend_folded(word)
    own = _OWN_GE.match(mended)
    if own is None:
        found = str(_SNOWBALL.stemWord(mended))
        return (_VERB_ENDING.sub("er", found) if found.endswith("eer") else found) or word
    start = own[1] or ""
    found = str(_SNOWBALL.stemWord(start + _HIDDEN_GE + mended[own.end() :]))
    return f"{start}ge{found[len(start) + len(_HIDDEN_GE) :]}"

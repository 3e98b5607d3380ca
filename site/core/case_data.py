"""Looks for personal data of cases in what somebody types: who asks for help never says about whom.

It is a check for slips, not a filter: it says what it saw, and whoever writes decides.
"""

import re

from django.utils.translation import gettext_lazy as _

_DATE = r"\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}\b"
_NATIONAL = re.compile(r"(?<!\d)(\d{2})[. -]?(\d{2})[. -]?(\d{2})[. -]?(\d{3})[. -]?(\d{2})(?!\d)")
_PHONE = re.compile(r"(?<![\d.])(?:(?:\+|00)32[\s./-]?|0)(?:4\d{2}|\d{1,2})(?:[\s./-]?\d{2,3}){2,3}(?!\d)")
_BIRTH = re.compile(
    rf"\b(?:geboren|geboortedatum|geb\.|°)\W{{0,12}}(?:op\s)?(?:{_DATE}|\d{{1,2}}\s\w+\s(?:19|20)\d{{2}})|{_DATE}\s+geboren",
    re.IGNORECASE,
)
_DAY = re.compile(r"(?<![\d./-])\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d{2}(?![\d/-]|\.\d)")
_NAME_AND_DATE = re.compile(rf"\b[A-ZÀ-Þ][\w'-]+\s[A-ZÀ-Þ][\w'-]+\W{{1,4}}{_DATE}")
_ADDRESS = re.compile(
    r"\b[A-ZÀ-Þ][\w'-]*(?:straat|laan|weg|lei|plein|steenweg|dreef|dijk|kaai|hof|pad)\s+\d{1,4}\s?[a-zA-Z]?\b"
)
_MAIL = re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.]+\b")
_NAME = r"[A-ZÀ-Þ][a-zß-ÿ'-]+"
_SMALL = r"(?:[Vv]an|[Dd]e|[Dd]en|[Dd]er|[Vv]er|[Ee]l|[Aa]l|[Bb]en|[Vv]on|[Tt]e|[Tt]en)"
# A title and a name; two words with a capital that do not begin a sentence; a first name and a letter.
_PERSON = re.compile(
    rf"\b(?:[Mm]eneer|[Mm]evrouw|[Dd]hr\.?|[Mm]evr\.?|[Mm]w\.?|[Mm]r\.?)\s(?:{_SMALL}\s)*[A-ZÀ-Þ]"
    rf"|(?<=[a-zß-ÿ,;:]\s)[“\"'‘(]?{_NAME}\s(?:{_SMALL}\s)*{_NAME}\b"
    rf"|(?<=[a-zß-ÿ,;:]\s){_NAME}\s[A-Z]\.(?=\s|$)"
)
_CALLED = re.compile(rf"\b(?:heet|genaamd|noemt zich|naam is|noemen (?:we|ze))\s[“\"'‘]?{_NAME}")


def found_in(*texts: str, names: bool = False) -> list[str]:
    """What looks like personal data, in words; nothing of it is repeated.

    `names` looks for names of persons as well; those of services and places look much like them.
    """
    text = "\n".join(texts)
    looks = {
        _("a national number"): _has_national_number(text),
        _("a date of birth"): bool(_BIRTH.search(text) or _NAME_AND_DATE.search(text)),
        _("a telephone number"): bool(_PHONE.search(_DAY.sub(" ", _NATIONAL.sub(" ", text)))),
        _("an address of a house"): bool(_ADDRESS.search(text)),
        _("an e-mail address"): bool(_MAIL.search(text)),
        _("a name"): names and bool(_PERSON.search(text) or _CALLED.search(text)),
    }
    return [str(what) for what, seen in looks.items() if seen]


def _has_national_number(text: str) -> bool:
    """By its check digits: the number modulo 97, with a 2 before it for who was born since 2000."""
    for parts in _NATIONAL.findall(text):
        number, check = "".join(parts[:4]), int(parts[4])
        if check in (97 - int(number) % 97, 97 - int(f"2{number}") % 97):
            return True
    return False

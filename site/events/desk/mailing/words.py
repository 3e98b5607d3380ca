"""The text of a mail with its placeholders filled in for one person.

They are filled in once: what stands in somebody's name is never taken for a placeholder.
"""

import re
from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from events import programme
from events.models import Registration
from events.registration import links, words
from events.registration.sessions import of_registration

MARK = re.compile(r"\{([^{}\n]{1,40})\}")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _dates(row: Registration) -> str:
    sessions = of_registration(row)
    return "\n".join(f"- {words.session(one)}" for one in sessions)


def _first(row: Registration) -> str:
    sessions = of_registration(row)
    return programme.time_in_words(sessions[0].starts_at, sessions[0].ends_at) if sessions else ""


Filler = Callable[[Registration], str]
PLACEHOLDERS: dict[str, tuple[object, Filler]] = {
    "naam": (_("name of the participant"), lambda row: _one_line(row.name)),
    "organisatie": (_("organisation of the participant"), lambda row: _one_line(str(row.organisation or ""))),
    "vorming": (_("title of the event"), lambda row: _one_line(row.event.title)),
    "wanneer": (_("day and hour of the first session"), _first),
    "programma": (_("the sessions of the participant, one on each line"), _dates),
    "inschrijving": (_("link to the registration"), links.page_url),
}


def unknown(text: str) -> list[str]:
    """Placeholders that we do not fill in."""
    return sorted({mark for mark in MARK.findall(text) if mark.strip().lower() not in PLACEHOLDERS})


def filled(text: str, row: Registration) -> str:
    """For this person."""

    def value(found: re.Match[str]) -> str:
        known = PLACEHOLDERS.get(found[1].strip().lower())
        return known[1](row) if known else found[0]

    return MARK.sub(value, text)

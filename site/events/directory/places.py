"""Where an event is, as far as an address tells: the town and its province."""

import re

from events.choices import Attendance
from events.models import Session
from people.models import Province

# A postcode with what stands behind it; house numbers have four digits seldom, and no name behind them.
_TOWN = re.compile(r"\b([1-9][0-9]{3}) +([A-ZÀ-Ý][\w'’.-]*(?: [\w'’.-]+)*)")
_PROVINCES = (
    (1500, 1999, Province.VLAAMS_BRABANT),
    (2000, 2999, Province.ANTWERPEN),
    (3000, 3499, Province.VLAAMS_BRABANT),
    (3500, 3999, Province.LIMBURG),
    (8000, 8999, Province.WEST_VLAANDEREN),
    (9000, 9999, Province.OOST_VLAANDEREN),
)


def town_of(session: Session) -> str:
    """“Gent” of “Marktplein 1, 9000 Gent”; nothing where the address has no postcode."""
    found = _TOWN.search(session.address)
    return found.group(2) if found else ""


def province_of(session: Session) -> Province | None:
    """By the postcode; None for Brussels, and for what is online only."""
    found = _TOWN.search(session.address) if session.attendance != Attendance.ONLINE else None
    code = int(found.group(1)) if found else 0
    return next((province for first, last, province in _PROVINCES if first <= code <= last), None)


def where(session: Session) -> str:
    """The venue with its town, or how one takes part."""
    online = str(Attendance.ONLINE.label)
    if session.attendance == Attendance.ONLINE:
        return online
    town = town_of(session)
    place = ", ".join(dict.fromkeys(part for part in (session.venue, town) if part)) or session.address
    if session.attendance == Attendance.HYBRID:
        return f"{place} / {online}" if place else str(Attendance.HYBRID.label)
    return place

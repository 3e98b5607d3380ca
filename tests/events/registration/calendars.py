"""Reads calendar files by hand, as the standard says, without the library that writes them."""

import datetime
from zoneinfo import ZoneInfo


def unfolded(text: str) -> list[str]:
    """The content lines: every line ends in CRLF, none is longer than 75 octets, a fold is CRLF and a space."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def properties(lines: list[str]) -> dict[str, str]:
    """By name, without parameters; those of a moment are its zone."""
    found = {}
    for line in lines:
        name, _colon, value = line.partition(":")
        found[name.split(";")[0]] = value
    return found


def method(text: str) -> str:
    return properties(unfolded(text))["METHOD"]


def events(text: str) -> list[dict[str, str]]:
    """Each event as its properties."""
    lines, found, one = unfolded(text), [], None
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    for line in lines:
        if line == "BEGIN:VEVENT":
            assert one is None
            one = []
        elif line == "END:VEVENT":
            assert one is not None
            found.append(properties(one))
            one = None
        elif one is not None:
            one.append(line)
    return found


def moment(value: str) -> datetime.datetime:
    """Of a property in the time of Brussels."""
    return datetime.datetime.strptime(value, "%Y%m%dT%H%M%S").replace(tzinfo=ZoneInfo("Europe/Brussels"))

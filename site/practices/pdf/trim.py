"""Shorten the text of a PDF until it fits: what is cut ends in an ellipsis, steps keep their titles longest."""

from typing import Any

from practices.pdf.text import Item, Run

MOST_STEPS = 12
ELLIPSIS = "…"


def trim_runs(runs: list[Run], room: int) -> tuple[list[Run], int]:
    """The runs that fit and the room that is left; below zero when something was cut."""
    kept: list[Run] = []
    for part in runs:
        text = part["text"]
        if len(text) <= room:
            kept.append(part)
            room -= len(text)
            continue
        cut = text[:room].rsplit(" ", 1)[0].rstrip(" ,;:.(")
        kept.append({**part, "text": cut + ELLIPSIS})
        return kept, -1
    return kept, room


def trim(items: list[Item], room: int) -> tuple[list[Item], bool]:
    """The items that fit in about so many characters, and whether anything was cut."""
    kept: list[Item] = []
    steps = 0
    was_cut = False
    for item in items:
        if item["kind"] == "step":
            steps += 1
            if steps > MOST_STEPS or (room == 0 and not kept):
                return kept, True
            body, body_cut = trim(item["body"], max(room, 0)) if room > 0 else ([], bool(item["body"]))
            kept.append({**item, "body": body})
            was_cut = was_cut or body_cut
            room -= _length(body)
            continue
        if room <= 0:
            was_cut = True
            continue
        short, room = _trim_item(item, room)
        kept.append(short)
        was_cut = was_cut or room < 0
    return kept, was_cut


def _trim_item(item: Item, room: int) -> tuple[Item, int]:
    if item["kind"] == "p":
        runs, room = trim_runs(item["runs"], room)
        return {**item, "runs": runs}, room
    if item["kind"] == "heading":
        return item, room - len(item["text"])
    lines: list[list[Run]] = []
    for line in item["items"]:
        if room <= 0:
            return {**item, "items": lines}, -1
        runs, room = trim_runs(line, room)
        lines.append(runs)
    return {**item, "items": lines}, room


def _length(items: list[Item]) -> int:
    return sum(len(text) for item in items for text in _texts(item))


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [value["text"]] if "text" in value else [t for part in value.values() for t in _texts(part)]
    return [t for part in value for t in _texts(part)] if isinstance(value, list) else []

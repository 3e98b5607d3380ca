"""The look keeps its promises: contrast, no inline code, no other host, the words of the enums."""

import re
from pathlib import Path

import pytest

from core.templatetags import core_tags
from practices.choices import EvidenceLevel
from taxonomy.levels import PreventionLevel

ROOT = Path(__file__).resolve().parents[2]
TOKEN = re.compile(r"--([\w-]+):\s*(?:light-dark\((#\w{6}),\s*(#\w{6})\)|(#\w{6}))")
TEXT, SHAPE = 4.5, 3.0  # WCAG 2.2 AA, success criteria 1.4.3 and 1.4.11
LEVELS = ("primary", "secondary", "tertiary")
PAIRS = [
    *[(ink, ground, TEXT) for ink in ("ink", "muted", "link") for ground in ("paper", "card", "sunken", "info-tint")],
    *[(level, ground, TEXT) for level in LEVELS for ground in (f"{level}-tint", "card", "paper")],
    *[("ink", ground, TEXT) for ground in (*(f"{level}-tint" for level in LEVELS), "danger-tint", "marked")],
    ("danger", "card", TEXT),
    ("danger", "danger-tint", TEXT),
    ("link", "marked", TEXT),
    ("on-action", "action", TEXT),
    ("on-action", "action-hover", TEXT),
    ("on-deep", "deep", TEXT),
    ("on-deep", "deep-raised", TEXT),
    ("on-deep", "accent-button", TEXT),
    ("on-deep-muted", "deep", TEXT),
    *[(shape, ground, SHAPE) for shape in ("control", "focus", "accent") for ground in ("paper", "card")],
]


def tokens() -> dict[str, tuple[str, str]]:
    """Name → the colour in the light and in the dark display."""
    css = (ROOT / "static/css/tokens.css").read_text(encoding="utf-8")
    return {name: (light or both, dark or both) for name, light, dark, both in TOKEN.findall(css)}


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("display", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "needed"), PAIRS)
def test_colour_pairs_have_enough_contrast(front: str, ground: str, needed: float, display: int) -> None:
    colours = tokens()
    assert contrast(colours[front][display], colours[ground][display]) >= needed


def site_templates() -> list[Path]:
    """Not those of mails: they have no policy, and no style sheet but their own."""
    own = ("admin", "/email/")
    return [path for path in (ROOT / "templates").rglob("*.html") if not any(part in path.as_posix() for part in own)]


@pytest.mark.parametrize("path", site_templates(), ids=lambda path: path.relative_to(ROOT / "templates").as_posix())
def test_templates_have_no_inline_code(path: Path) -> None:
    """The content security policy would refuse it."""
    html = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|\son\w+=|hx-on", html)
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/(?:ld\+)?json)", html)


def test_styles_and_scripts_name_no_other_host() -> None:
    for path in [*(ROOT / "static/css").glob("*.css"), *(ROOT / "static/js").glob("*.js")]:
        assert not re.search(r"https?://|url\(\s*[\"']?//", path.read_text(encoding="utf-8")), path.name


def test_the_pieces_of_the_look_use_the_words_of_the_enums() -> None:
    assert {level.value: str(level.label) for level in PreventionLevel} == {
        code: str(label) for code, label in core_tags.LEVEL_LABELS.items()
    }
    assert [(level.value, str(level.label), level.rank) for level in EvidenceLevel] == [
        (code, str(label), core_tags.EVIDENCE_RANKS[code]) for code, label in core_tags.EVIDENCE_LABELS.items()
    ]


def test_the_ladder_is_filled_as_far_as_the_evidence_goes() -> None:
    assert [filled for _, filled in core_tags.evidence_bars(EvidenceLevel.WELL_DESCRIBED)] == [True, True, False, False]


def test_unbroken_escapes_what_it_marks_safe() -> None:
    assert core_tags.unbroken("<b>LIVC-R") == '&lt;b&gt;<span class="nowrap">LIVC-R</span>'

"""What is wrong with a page, for whoever reads it with eyes, ears, keyboard or a telephone."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import NARROW, WIDE

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],  # of the rest no details: axe is much quicker so
}
# Everything has its new colours: transitions take a moment, even where motion is reduced to nearly none.
DRAWN = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 250))))"
# Wagtail's own, not ours to mend: the frame around our panels, and Draftail, which describes its fields without a name.
FRAME = ("scrollable-region-focusable", "empty-table-header", "region", "landmark-", "heading-order", "page-has-")
NOT_OURS = (*FRAME, "aria-input-field-name: ['div[aria-describedby=\"placeholder-")


def violations(page: Page, options: dict[str, object] = RULES) -> list[str]:
    """One line for each element that axe (WCAG 2.2 AA) finds fault with, as the page is now."""
    results = Axe().run(page, options=options)
    return [
        f"{found['id']}: {node['target']} {node.get('failureSummary', '')[:200]}"
        for found in results.response["violations"]
        for node in found["nodes"]
    ]


def faults(page: Page, *, dark: bool = False, admin: bool = False) -> list[str]:
    """The violations on a wide and on a narrow screen, and whether anything sticks out of the narrow one.

    `dark`: also with the colours of the dark. `admin`: without what is not ours.
    """
    found = []
    for viewport in (WIDE, NARROW):
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        found += [
            f"{viewport['width']}: {line}" for line in violations(page) if not (admin and line.startswith(NOT_OURS))
        ]
    if not admin and page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
        found.append(f"{NARROW['width']}: wider than the screen")
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]
    if dark:
        page.emulate_media(color_scheme="dark")
        page.evaluate(DRAWN)
        found += [f"dark: {line}" for line in violations(page)]
        page.emulate_media(color_scheme="light")
    return found

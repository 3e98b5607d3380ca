"""What is wrong with a page, for whoever reads it with eyes, ears, keyboard or a telephone."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import NARROW, WIDE

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],  # of the rest no details: axe is much quicker so
}
# Everything stands where it will stand, in the colours it will have: a new size or colour scheme is noticed in the next
# frames and moves in transitions, which take a moment even where motion is reduced to nearly none. What turns for ever
# is not waited for, nor anything longer than three seconds.
SETTLED = """async () => {
    const frame = () => new Promise(requestAnimationFrame);
    const ends = (moving) => moving.effect && Number.isFinite(moving.effect.getComputedTiming().endTime);
    const late = performance.now() + 3000;
    for (let calm = 0; calm < 5 && performance.now() < late; ) {
        await frame();
        const moving = document.getAnimations().filter((one) => one.playState === "running" && ends(one));
        calm = moving.length ? 0 : calm + 1;
    }
}"""
# Wagtail's own, not ours to mend: the frame around our panels, and Draftail, which describes its fields without a name.
FRAME = ("scrollable-region-focusable", "empty-table-header", "region", "landmark-", "heading-order", "page-has-")
NOT_OURS = (*FRAME, "aria-input-field-name: ['div[aria-describedby=\"placeholder-")


def violations(page: Page, options: dict[str, object] = RULES) -> list[str]:
    """One line for each element that axe (WCAG 2.2 AA) finds fault with, once it stands still."""
    page.evaluate(SETTLED)
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
        found += [f"dark: {line}" for line in violations(page)]
        page.emulate_media(color_scheme="light")
    return found

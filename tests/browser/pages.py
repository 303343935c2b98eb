"""The sample's pages, one address of each kind, and how tests inspect a page in a browser."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT

KINDS = {
    "home": "/",
    "essay": "/essays/the-plan-is-no-longer-yours/",
    "opening": "/essays/why-we-share-a-garden/",
    "ledger": "/series/the-shared-garden/",
    "playbook": "/playbook/",
    "play": "/playbook/leave-a-path/",
    "worksheet": "/playbook/leave-a-path/worksheet/",
    "archive": "/archive/",
    "page": "/about/",
    "feeds": "/feeds/",
    "corrections": "/corrections/",
    "cases": "/cases/",
    "search": "/search/",
    "not-found": "/404.html",
}
PARTS = 8
"""The number of parts of the sample's series."""
WIDTHS = (320, 390, 768, 1280)
"""The widths of phones, tablets and desktops, in CSS pixels."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "wcag2aaa", "best-practice"]
"""The tags of axe whose rules every page keeps."""
CONTRAST_RULES = ("color-contrast", "color-contrast-enhanced")
WIDTH_RULES = ("target-size", "scrollable-region-focusable")
"""The rules of axe whose outcome depends on the width of the window."""
FITS = "document.documentElement.scrollWidth <= innerWidth"
"""True if the page does not scroll sideways."""
COUNT_SHIFTS = """window.shift = 0
new PerformanceObserver(list => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value
}).observe({ type: 'layout-shift', buffered: true })"""
"""An init script that adds up the layout shifts of a page in ``window.shift``."""


def violations(page, tags=RULES, *, only=(), without=()) -> list:
    """Return the rules of axe that `page` violates, each with its first three offending elements.

    Args:
        page: the page to check.
        tags: the tags of the rules to check.
        only: the rules to check instead of those with `tags`.
        without: the rules to leave out.

    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    options = {
        "runOnly": {"type": "rule", "values": only} if only else tags,
        "rules": {rule: {"enabled": False} for rule in without},
        "resultTypes": ["violations"],
    }
    found = page.evaluate("options => axe.run(options).then(results => results.violations)", options)
    return [(rule["id"], [node["html"][:120] for node in rule["nodes"]][:3]) for rule in found]


def check_accessibility(page) -> None:
    """Assert that `page` violates no rule of axe, light or dark, and fits every width."""
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, only=CONTRAST_RULES) == []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert (width, violations(page, only=WIDTH_RULES)) == (width, [])
        assert page.evaluate(FITS)

"""One address for each kind of page of the sample, and the rules of accessibility that all keep."""

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
"""How many parts the series has."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "wcag2aaa", "best-practice"]

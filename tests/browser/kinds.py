"""One address for each kind of page of the project's own site, and the rules of accessibility that all keep."""

KINDS = {
    "home": "/",
    "essay": "/essays/letting-go-of-the-controls/",
    "opening": "/essays/the-power-of-micro-revolutions/",
    "ledger": "/series/micro-revolutions/",
    "playbook": "/playbook/",
    "play": "/playbook/guard-the-edges/",
    "archive": "/archive/",
    "page": "/about/",
    "feeds": "/feeds/",
    "search": "/search/",
    "not-found": "/404.html",
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "wcag2aaa", "best-practice"]

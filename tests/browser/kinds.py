"""One address for each kind of page of the project's own site."""

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
    "not-found": "/404.html",
}

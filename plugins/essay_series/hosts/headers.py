"""What a host sends with every page, by the names of HTTP's headers."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..images import FOLDER as SIZES
from ..routes import decoded
from ..search import FOLDER, NAMED_BY_CONTENT
from .assets import HASHED
from .hosting import Hosting
from .policy import KEEPING, NOTHING, SEARCHING, of_site

YEAR, HOUR = 31_536_000, 3600
"""In seconds."""
FOR_EVER = f"public, max-age={YEAR}, immutable"
"""How long a file is kept whose name changes with what it holds."""
A_WHILE = f"public, max-age={HOUR}"
ASK_FIRST = "no-cache"
POLICY = "Content-Security-Policy"
FEED = r"\.(atom|rss)\.xml$|\.opml$"
"""Files that go out as XML, so that browsers show them as pages."""
XML = "application/xml"
TYPES = {FEED: XML, r"\.md$": "text/markdown; charset=utf-8", r"\.bib$": "text/x-bibtex; charset=utf-8"}
"""What servers are told of files whose kind they may not know, by what their addresses look like."""
ABOUT_TLS = "Strict-Transport-Security is yours to decide: for as long as it says, browsers use nothing but TLS."
"""Why one header that is often recommended is not among them."""


def kept_for_ever(facts: Hosting) -> str:
    """Return a regular expression for the addresses of files whose names change with what they hold."""
    folder = re.escape(decoded(facts.folder))
    return rf"^{folder}/(?:theme|{SIZES})/.+{HASHED}|^{folder}/{FOLDER}/.+{NAMED_BY_CONTENT}"


def lasting(facts: Hosting) -> str:
    """Return a regular expression for the addresses of feeds, which may be kept for `A_WHILE`."""
    return rf"^{re.escape(decoded(facts.feeds))}.+\.(xml|json|opml)$"


def searched(facts: Hosting) -> str:
    """Return a regular expression for the page to search from, and for what it loads."""
    return rf"^(?:{re.escape(decoded(facts.search))}|{re.escape(decoded(facts.folder))}/{FOLDER}/)"


def headers(facts: Hosting, *, searching: bool = False) -> Mapping[str, str]:
    """Return the headers of every page and file of the site, or of those that are `searched`."""
    common = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    if facts.allowed is None:
        return common
    usual = KEEPING if facts.offline else NOTHING
    return {POLICY: of_site(facts.allowed, https=facts.https, more=SEARCHING if searching else usual), **common}

"""The HTTP headers of a site, and which of its addresses get which."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

from ..images.sizes import FOLDER as SIZES
from ..search import FOLDER, NAMED_BY_CONTENT
from .assets import HASHED
from .hosting import Hosting
from .policy import NO_SOURCES, OFFLINE_SOURCES, SEARCH_SOURCES, of_site

YEAR, HOUR = 31_536_000, 3600
"""Seconds."""
IMMUTABLE = f"public, max-age={YEAR}, immutable"
"""The ``Cache-Control`` of a file with a hash in its name (RFC 8246)."""
REVALIDATE = "no-cache"
"""The ``Cache-Control`` of all files for which `cache_rules` has no other."""
POLICY = "Content-Security-Policy"
FEED = r"\.(atom|rss)\.xml$|\.opml$"
"""Feeds and lists of feeds: sent as plain XML, so that browsers apply their style sheet."""
XML = "application/xml"
TYPES = {FEED: XML, r"\.md$": "text/markdown; charset=utf-8", r"\.bib$": "text/x-bibtex; charset=utf-8"}
"""The media types of files that servers may not know, by a regular expression for the address."""
ABOUT_TLS = "Strict-Transport-Security is yours to decide: for as long as it says, browsers use nothing but TLS."
"""The comment that says why one header that is often recommended is missing."""


def cache_rules(facts: Hosting) -> Mapping[str, str]:
    """Return the ``Cache-Control`` of files with a hash in their names and of feeds, by a regular expression."""
    folder = re.escape(unquote(facts.folder))
    return {
        rf"^{folder}/(?:theme|{SIZES})/.+{HASHED}|^{folder}/{FOLDER}/.+{NAMED_BY_CONTENT}": IMMUTABLE,
        rf"^{re.escape(unquote(facts.feeds))}.+\.(xml|json|opml)$": f"public, max-age={HOUR}",
    }


def search_pattern(facts: Hosting) -> str:
    """Return a regular expression for the search page and the files that it loads."""
    return rf"^(?:{re.escape(unquote(facts.search))}|{re.escape(unquote(facts.folder))}/{FOLDER}/)"


def headers(facts: Hosting, *, searching: bool = False) -> Mapping[str, str]:
    """Return the headers of all files of the site or, if `searching`, those of the search page."""
    common = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    if facts.allowed is None:
        return common
    usual = OFFLINE_SOURCES if facts.offline else NO_SOURCES
    return {POLICY: of_site(facts.allowed, https=facts.https, extra=SEARCH_SOURCES if searching else usual), **common}

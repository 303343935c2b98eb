"""The external links in the sources, with their places."""

from __future__ import annotations

import re
from html import unescape

from ....sources.manuscript import Manuscript
from ....values import dataclass

_WEB = re.compile(r"https?://|//(?=[^/])", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()>#+.!-])")


@dataclass(frozen=True, slots=True, order=True)
class ExternalLink:
    """A link to another site, or an image there; line and column, from 1, are those of its address."""

    path: str
    """The path of the source below the content folder."""
    line: int
    column: int
    address: str
    """The URL without its fragment."""
    fragment: str = ""
    """The part after the ``#``."""


def outside_links(manuscript: Manuscript, own: str = "") -> list[ExternalLink]:
    """Return all links that do not lead to `own`, the URL of the site, sorted by file, line and column."""
    found = []
    for path, references in manuscript.references.items():
        for each in references:
            address, fragment = web_address(each.target)
            if address and not (own and f"{address}/".startswith(f"{own}/")):
                found.append(ExternalLink(path, *each.target_at, address, fragment))
    return sorted(found)


def web_address(target: str) -> tuple[str, str]:
    """Return the URL in the Markdown or HTML `target`, and its fragment; both empty if it is not of the web."""
    plain = _ESCAPE.sub(r"\1", unescape(target.strip()))
    if not _WEB.match(plain):
        return "", ""
    address, _, fragment = (f"https:{plain}" if plain.startswith("//") else plain).partition("#")
    return address, fragment

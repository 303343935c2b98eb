"""The links of the sources that lead to other sites, with the place where each is written."""

from __future__ import annotations

import re
from html import unescape

from ....sources.manuscript import Manuscript
from ....values import dataclass

_WEB = re.compile(r"https?://|//(?=[^/])", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()>#+.!-])")


@dataclass(frozen=True, slots=True, order=True)
class ExternalLink:
    """One link, or one image, to another site; line and column, from 1, are those of its address."""

    path: str
    """The source, below the content folder."""
    line: int
    column: int
    address: str
    """What a browser asks for: no fragment."""
    fragment: str = ""
    """The part after the ``#``; it is never sent."""


def outside_links(manuscript: Manuscript, own: str = "") -> list[ExternalLink]:
    """Return all links to other sites, ordered by file, line and column.

    Args:
        manuscript: the sources.
        own: the site's own address, without a slash at the end, whose pages `make check` looks at; empty for none.

    """
    found = []
    for path, references in manuscript.references.items():
        for each in references:
            address, fragment = web_address(each.target)
            if address and not (own and f"{address}/".startswith(f"{own}/")):
                found.append(ExternalLink(path, *each.target_at, address, fragment))
    return sorted(found)


def web_address(target: str) -> tuple[str, str]:
    """Return the web address that `target`, as it is written, means, and its fragment; both empty if it is none."""
    plain = _ESCAPE.sub(r"\1", unescape(target.strip()))
    if not _WEB.match(plain):
        return "", ""
    address, _, fragment = (f"https:{plain}" if plain.startswith("//") else plain).partition("#")
    return address, fragment

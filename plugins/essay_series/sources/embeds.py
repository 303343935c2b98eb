"""Finds what raw HTML makes browsers load or run: which hosts it loads from, and which addresses are scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..htmltext import Element

DIRECTIVES: Mapping[str, tuple[str, ...]] = {
    "img": ("img-src",),
    "source": ("img-src", "media-src"),
    "video": ("img-src", "media-src"),
    "audio": ("media-src",),
    "track": ("media-src",),
    "iframe": ("frame-src",),
    "embed": ("object-src",),
    "object": ("object-src",),
    "script": ("script-src",),
}
"""Each element that loads something, with the directives of a content security policy that apply to it."""
_LOADING = ("src", "srcset", "poster", "data", "href")
_ADDRESS = re.compile(r"(?:^|[\s,])((?:[a-z][a-z0-9+.-]*:)?//([^/?#\s,]+))", re.IGNORECASE)
_SCRIPT = re.compile(r"\s*j\s*a\s*v\s*a\s*s\s*c\s*r\s*i\s*p\s*t\s*:", re.IGNORECASE)


def hosts(element: Element) -> Iterator[str]:
    """Yield each host that `element` loads something from, with the scheme if one is written."""
    if element.name in DIRECTIVES or element.name == "link":
        for each in element.attributes:
            if each.name in _LOADING and not each.value.startswith("data:"):
                yield from hosts_in(each.value)


def hosts_in(addresses: str) -> Iterator[str]:
    """Yield each host in an attribute value: one address, or several as in ``srcset``."""
    return (match[1].lower() for match in _ADDRESS.finditer(addresses))


def host_of(address: str) -> str:
    """Return the host of `address`, a host with or without a scheme; empty if the scheme is not https."""
    scheme, mark, host = address.rpartition("//")
    return host if not mark or scheme in ("", "https:") else ""


def is_script(address: str) -> bool:
    """Tell whether `address` is a ``javascript:`` URL, which browsers would run, blanks inside it ignored."""
    return bool(_SCRIPT.match(address))

"""Addresses of the old site: the forms of one address, its alias here, and the page that a link means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote

from ..routes import stays_inside
from ..urls import resolved, split_url

_NUMBERS = ("p", "page_id", "attachment_id", "post", "story_fbid")
_BLOGGER = re.compile(r"\.blogspot\.(?:com?\.)?[a-z]{2,3}$")
_UNUSABLE = re.compile(r"[?#;:\\<>\"'`|{}\x00-\x1f\x7f]")


def host_of(url: str) -> str:
    """Return the host in `url` without ``www.`` and without a country domain of Blogger; empty if there is none."""
    parts = split_url(url.strip())
    host = (parts.hostname or "").removeprefix("www.") if parts else ""
    return _BLOGGER.sub(".blogspot.com", host)


def key_of(address: str) -> str:
    """Return a key that all forms of one address share, whatever their query, percent-encoding, case or final slash.

    The number of a WordPress post, as in ``/?p=10``, is kept. The host is not part of the key.
    """
    parts = split_url(address)
    if parts is None:
        return ""
    query = parse_qs(parts.query) if parts.query else {}
    number = next((f"?{name}={query[name][0]}" for name in _NUMBERS if name in query), "")
    path = re.sub(r"/{2,}", "/", unquote(parts.path))
    path = path.removesuffix("index.html").removesuffix("index.htm").rstrip("/")
    path = path.removesuffix("/amp").removesuffix(".html").removesuffix(".htm")
    return number if number and path in ("", "/index.php") else unicodedata.normalize("NFC", path).casefold() or "/"


def alias_of(address: str) -> str:
    """Return an old address as an alias for front matter; empty if no file can redirect it, as for ``/?p=10``."""
    parts = split_url(address)
    if parts is None or parts.query or parts.path in ("", "/"):
        return ""
    path = unicodedata.normalize("NFC", re.sub(r"/{2,}", "/", f"/{unquote(parts.path)}"))
    usable = (
        not _UNUSABLE.search(path)
        and "\ufffd" not in path
        and stays_inside(path[1:])
        and path == " ".join(path.split())
    )
    return path if usable and max(map(len, path.encode().split(b"/"))) < 200 else ""  # noqa: PLR2004 - a file's name


def aliases_text(aliases: Iterable[str]) -> str:
    """Return the value of ``Aliases``, separated by semicolons if an address contains a comma."""
    found = list(dict.fromkeys(aliases))
    if not any("," in each for each in found):
        return ", ".join(found)
    return "; ".join(found) + (";" if len(found) == 1 else "")


@dataclass(frozen=True)
class OldSite:
    """The pages of the old site."""

    hosts: frozenset[str]
    sources: Mapping[str, str] = field(default_factory=dict)
    """New sources, by the keys of their old addresses."""

    def has(self, target: str) -> bool:
        """Tell whether the link `target` leads to this site."""
        parts = split_url(target)
        if parts is None or parts.scheme not in ("http", "https", ""):
            return False
        host = host_of(target)
        return host in self.hosts if host else not parts.scheme

    def source_at(self, base: str, target: str) -> str:
        """Return the new source that the link `target` on the page `base` means; empty if there is none."""
        absolute = resolved(base or "/", target)
        return self.sources.get(key_of(absolute), "") if absolute is not None and self.has(target) else ""

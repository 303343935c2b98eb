"""Addresses of the other site: the forms in which one place is written, and what leads to it from here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, unquote

from ..names import fold
from ..routes import stays_inside
from ..urls import joined, parts_of

_NUMBERS = ("p", "page_id", "attachment_id", "post", "story_fbid")
_BLOGGER = re.compile(r"\.blogspot\.(?:com?\.)?[a-z]{2,3}$")
_UNUSABLE = re.compile(r"[?#;:\\<>\"'`|{}\x00-\x1f\x7f]")


def host_of(url: str) -> str:
    """Return the host in `url` in one form for all its names: no ``www.``, no country of Blogger; empty for none."""
    parts = parts_of(url.strip())
    host = (parts.hostname or "").removeprefix("www.") if parts else ""
    return _BLOGGER.sub(".blogspot.com", host)


def key_of(address: str) -> str:
    """Return what is the same for all forms of the path of one address: ``?m=1``, a slash at the end, percent signs."""
    parts = parts_of(address)
    if parts is None:
        return ""
    query = parse_qs(parts.query) if parts.query else {}
    number = next((f"?{name}={query[name][0]}" for name in _NUMBERS if name in query), "")
    path = re.sub(r"/{2,}", "/", unquote(parts.path))
    path = path.removesuffix("index.html").removesuffix("index.htm").rstrip("/")
    path = path.removesuffix("/amp").removesuffix(".html").removesuffix(".htm")
    return number if number and path in ("", "/index.php") else unicodedata.normalize("NFC", path).casefold() or "/"


def alias_of(address: str) -> str:
    """Return the former address, as front matter names it; empty where no file could stand for it."""
    parts = parts_of(address)
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
    """Return the value of ``Aliases``; commas in an address are kept by semicolons between them."""
    found = list(dict.fromkeys(aliases))
    return (
        "; ".join(found) + (";" if len(found) == 1 else "") if any("," in each for each in found) else ", ".join(found)
    )


@dataclass(frozen=True)
class Places:
    """Where everything that could be linked to on the other site is now."""

    hosts: frozenset[str]
    sources: Mapping[str, str] = field(default_factory=dict)
    """New sources, by the keys of their former addresses."""

    def is_theirs(self, target: str) -> bool:
        """Tell whether `target` leads to a page of that site."""
        parts = parts_of(target)
        if parts is None or parts.scheme not in ("http", "https", ""):
            return False
        host = host_of(target)
        return host in self.hosts if host else not parts.scheme

    def source_at(self, base: str, target: str) -> str:
        """Return the new source of the page to which `target` leads from the page `base`; empty where there is none."""
        whole = joined(base or "/", target)
        return self.sources.get(key_of(whole), "") if whole is not None and self.is_theirs(target) else ""


def fragment_of(target: str) -> str:
    """Return the fragment of a link, decoded."""
    return unquote(target.partition("#")[2])


def same_name(one: str, other: str) -> bool:
    """Tell whether two names of series or plays are one."""
    return fold(one) == fold(other)

"""What a text makes browsers load or run: the elements of HTML in it, and whom they ask for what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser

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
"""The elements that load something, and the words of a content security policy for what they load."""
_LOADING = ("src", "srcset", "poster", "data", "href")
_ADDRESS = re.compile(r"(?:^|[\s,])((?:[a-z][a-z0-9+.-]*:)?//([^/?#\s,]+))", re.IGNORECASE)
_SCRIPT = re.compile(r"\s*j\s*a\s*v\s*a\s*s\s*c\s*r\s*i\s*p\s*t\s*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Element:
    """The start of an element of HTML; lines and columns count from 1."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    line: int
    column: int

    def hosts(self) -> Iterator[str]:
        """Yield each host that it loads something from, behind its ``https://`` or whatever is written before it."""
        loads = self.name in DIRECTIVES or self.name == "link"
        for name, value in self.attributes:
            if loads and name in _LOADING and not value.startswith("data:"):
                yield from (match[1].lower() for match in _ADDRESS.finditer(value))


def elements(text: str, first_line: int = 1) -> list[Element]:
    """Return the start of every element of HTML in `text`, in order.

    Args:
        text: HTML, or Markdown in which code is blanked.
        first_line: number of its first line in the file.

    """
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return [Element(name, facts, line + first_line - 1, column + 1) for name, facts, line, column in reader.found]


def host_of(address: str) -> str:
    """Return the host in `address`, which is a host with or without a scheme; empty where it is not asked by https."""
    scheme, mark, host = address.rpartition("//")
    return host if not mark or scheme in ("", "https:") else ""


def is_script(address: str) -> bool:
    """Tell whether what stands where an address should is a script that browsers would run."""
    return bool(_SCRIPT.match(address))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, tuple[tuple[str, str], ...], int, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, tuple((name, value or "") for name, value in attrs), *self.getpos()))

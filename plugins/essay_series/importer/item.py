"""What an export holds, whatever made it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from html import unescape
from typing import Literal, Protocol

Kind = Literal["essay", "page"]

PUBLISHED, HIDDEN, SCHEDULED = "published", "hidden", "scheduled"
WITHHELD = ("draft", "private", "protected", "pending", "trashed")
"""The states in which readers were shown no text, or not all readers."""

_MARKUP = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|del|em|font|i|img|ins|kbd|mark|p|q|s|small|span|strong|sub|sup|u|wbr)\b[^<>]*>",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")


class ImportRefusedError(Exception):
    """The export cannot be brought in; the text says why, and what would help."""


class Files(Protocol):
    """The files of an export, by paths with ``/`` between folders."""

    def names(self) -> tuple[str, ...]:
        """Return the path of every file, in order."""

    def read(self, name: str) -> bytes:
        """Return the bytes of a file.

        Raises:
            ImportRefusedError: it is too large or damaged.

        """


@dataclass(frozen=True, slots=True)
class Item:
    """One text of the export."""

    kind: Kind
    state: str
    """``published``, ``hidden``, ``scheduled``, or one of `WITHHELD`."""
    title: str
    name: str
    """Its slug there; may be empty."""
    where: str
    """What the export calls it: a path, a number, an address."""
    date: datetime | None = None
    """With its zone, unless the export has none."""
    modified: datetime | None = None
    addresses: tuple[str, ...] = ()
    """The addresses that readers had for it, the best known first; whole, or from the site's root on."""
    html: str = ""
    markdown: str | None = None
    """The text where the export has Markdown, of whatever dialect; `html` is empty then."""
    native: bool = False
    """Whether that is the Markdown of Pelican, and so the one that is built here."""
    tags: tuple[str, ...] = ()
    series: str = ""
    part: float | None = None
    author: str = ""
    summary: str = ""
    lang: str = ""
    more: Mapping[str, str] = field(default_factory=dict)
    """Further keys of front matter that are ours, by name."""
    notes: tuple[str, ...] = ()
    """What a person has to look at."""
    incomplete: tuple[str, ...] = ()
    """What of the text is missing, if anything; it is a draft then."""

    @property
    def called(self) -> str:
        """How a person finds it in the export."""
        title = one_line(self.title)
        return f'"{title}" ({self.where})' if title else self.where


Census = Counter[tuple[str, str]]
"""How many items of each kind and state there are, in the export's own words."""


@dataclass
class Export:
    """All that one export holds."""

    format: str
    items: list[Item] = field(default_factory=list)
    seen: Census = field(default_factory=Counter)
    """Every item that was read, those that are no texts too."""
    counted: Census = field(default_factory=Counter)
    """Every item that the independent count found."""
    kept: list[tuple[str, str]] = field(default_factory=list)
    """Texts that are not brought in, by name, each with the reason."""
    others: Counter[str] = field(default_factory=Counter)
    """How many of each kind are no texts."""
    lost: list[str] = field(default_factory=list)
    """What a damaged export has lost, by name."""
    extra: Counter[str] = field(default_factory=Counter)
    """What is no item of its own, such as the comments on posts."""
    hosts: set[str] = field(default_factory=set)
    """The names under which that site was found, in small letters, without ``www.``."""
    image_hosts: set[str] = field(default_factory=set)
    """Further hosts that hold its images."""
    files: Files | None = None
    """Its images and other files, where they are at hand."""
    attachments: dict[str, str] = field(default_factory=dict)
    """The addresses of images, by those of the pages that show one alone."""
    comments: list[Mapping[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    """What a person should know of the whole."""


def one_line(text: str) -> str:
    """Return `text` on one line, without invisible characters."""
    return " ".join(_CONTROL.sub(" ", text).split())


def without_control(text: str) -> str:
    """Return `text` without the characters that no page may hold; line ends stay."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def plain(html: str) -> str:
    """Return a title or summary that may hold HTML as plain text on one line."""
    return one_line(unescape(_MARKUP.sub(lambda tag: " " if tag[0].startswith(("<br", "<p")) else "", html)))

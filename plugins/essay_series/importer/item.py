"""The content of an export, in one form for all formats: an `Export` of `Item` objects."""

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
PARTIAL_HINT = "PARTIAL=1 imports what can be read, and names what is lost."

_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|cite|code|del|em|font|i|img|ins|kbd|mark|p|q|s|small|span|strong|sub|sup|u|wbr)\b[^<>]*>",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")


class ImportRefusedError(Exception):
    """The export cannot be imported; the message names the reason and the cure. Any reader may raise it."""


@dataclass(frozen=True)
class ReadOptions:
    """How an export is read."""

    kind: str = ""
    """One of `detect.KINDS`; empty to detect it."""
    partial: bool = False
    """Whether damaged items are left out; otherwise they end the import."""
    types: tuple[str, ...] = ()
    """Further post types of WordPress that are imported as essays."""


class Files(Protocol):
    """The files of an export, by paths with ``/`` between folders."""

    def names(self) -> tuple[str, ...]:
        """Return the path of every file, sorted."""

    def read(self, name: str) -> bytes:
        """Return the content of a file."""


@dataclass(frozen=True, slots=True)
class Item:
    """One post or page of the export."""

    kind: Kind
    state: str
    """``published``, ``hidden``, ``scheduled``, or any other word for a text that was not public."""
    title: str
    name: str
    """Its slug on the old site; may be empty."""
    origin: str
    """How the export identifies it: a path, a number or an address."""
    date: datetime | None = None
    """Without a time zone only if the export has none."""
    addresses: tuple[str, ...] = ()
    """Its old addresses, the canonical one first; absolute, or from the root of the site."""
    html: str = ""
    markdown: str | None = None
    """The text if the export has Markdown, of any dialect; `html` is empty then."""
    native: bool = False
    """Whether `markdown` is in Pelican's own dialect."""
    tags: tuple[str, ...] = ()
    series: str = ""
    part: float | None = None
    author: str = ""
    summary: str = ""
    lang: str = ""
    more: Mapping[str, str] = field(default_factory=dict)
    """Further front matter that this project knows, by key."""
    notes: tuple[str, ...] = ()
    """Points that the author should check."""
    incomplete: tuple[str, ...] = ()
    """Parts of the text that are missing; if there are any, the text becomes a draft."""

    @property
    def label(self) -> str:
        """How messages name it."""
        title = one_line(self.title)
        return f'"{title}" ({self.origin})' if title else self.origin

    @property
    def sort_date(self) -> str:
        """Its date as text that can be compared; a text without a date comes last."""
        return self.date.isoformat() if self.date else "9999"


@dataclass
class Export:
    """The content of an export. Each of the `found` items is in `items`, `skipped`, `others` or `lost`."""

    format: str
    found: int = 0
    """The number of items in the export, counted before they are read."""
    items: list[Item] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    """Texts that cannot be imported: how messages name each, and the reason."""
    others: Counter[str] = field(default_factory=Counter)
    """The number of items that are not texts, by their type."""
    lost: list[str] = field(default_factory=list)
    """Damaged items: name and damage."""
    hosts: set[str] = field(default_factory=set)
    """The host names of the old site, as `addresses.host_of` gives them."""
    image_hosts: set[str] = field(default_factory=set)
    """Further hosts of its images."""
    files: Files | None = None
    """Its images and other files, if the export holds them."""
    attachments: dict[str, str] = field(default_factory=dict)
    """The addresses of images, by the addresses of the pages that show only that image."""
    comments: list[Mapping[str, str]] = field(default_factory=list)
    """Readers' comments, which are not items in every format."""
    notes: list[str] = field(default_factory=list)
    """Remarks for the author on the import as a whole."""


def demand_complete(export: Export, name: str) -> None:
    """Raise `ImportRefusedError` if an item of the export `name` was dropped without a word, or read twice."""
    count = len(export.items) + len(export.skipped) + len(export.lost) + export.others.total()
    if count != export.found:
        raise ImportRefusedError(
            f"{name} holds {export.found} items, and {count} were read. Nothing is imported, because something would "
            f"be missing; please report this error."
        )


def decoded(data: bytes, name: str, encoding: str = "utf-8", *, partial: bool = False, hint: str = "") -> str:
    """Return the text of `data`, without a byte order mark.

    If `partial`, bytes that are not in the `encoding` become question marks; otherwise they are an error, which names
    the file `name` and ends with the sentence `hint`.
    """
    try:
        text = data.decode(encoding, "replace" if partial else "strict")
    except LookupError as error:
        raise ImportRefusedError(f'{name} declares the unknown encoding "{encoding}". Export again.') from error
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        cure = f"Save the file in that encoding, or export again. {hint}".strip()
        raise ImportRefusedError(f"{name}:{line}: this line is not in {encoding.upper()}. {cure}") from error
    return text.removeprefix("\ufeff").replace("\ufffd", "?") if partial else text.removeprefix("\ufeff")


def one_line(text: str) -> str:
    """Return `text` on one line, without control characters."""
    return " ".join(_CONTROL.sub(" ", text).split())


def without_control(text: str) -> str:
    """Return `text` without the characters that HTML and XML forbid; line ends become line feeds."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def plain(html: str) -> str:
    """Return a title or summary that may contain HTML as text on one line."""
    return one_line(unescape(_INLINE_TAG.sub(lambda tag: " " if tag[0].startswith(("<br", "<p")) else "", html)))


def iso_date(text: str) -> datetime | None:
    """Return a date in ISO 8601, to the second; None if `text` is not one."""
    try:
        return datetime.fromisoformat(text).replace(microsecond=0)
    except ValueError:
        return None


def part_number(text: str) -> float | None:
    """Return the number of a part, such as ``2`` or ``2.5``; None if `text` is not one."""
    return float(text) if re.fullmatch(r"\d+(\.\d+)?", text) else None

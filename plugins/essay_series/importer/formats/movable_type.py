"""Movable Type and TypePad (and Hatena, which writes the same): a text with one entry after another."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from ..item import PUBLISHED, SCHEDULED, Census, Export, ImportRefusedError, Item, one_line, plain
from ..opened import stream_of
from ..places import host_of
from ..xml_items import GO_ON, LONGEST
from .paragraphs import with_paragraphs

SIGN = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:[A-Z][A-Z ]+:[^\n]*\n)*?(?:STATUS|CONVERT BREAKS|ALLOW COMMENTS|BASENAME): ")
_STATES = {"publish": PUBLISHED, "future": SCHEDULED, "draft": "draft", "review": "pending", "unpublish": "draft"}
_ENTRY_END, _PART_END = "--------", "-----"
_PARTS = ("BODY:", "EXTENDED BODY:", "EXCERPT:", "KEYWORDS:", "COMMENT:", "PING:")
_FACT = re.compile(r"([A-Z][A-Z ]*[A-Z]): ?(.*)")
_PLAIN_HTML = ("0", "richtext", "wysiwyg", "")
_TAG = re.compile(r'"([^"]*)"|([^,"]+)')

Entry = dict[str, list[str]]
"""Facts and parts of an entry, by their names."""


def count(path: Path) -> Census:
    """Count the entries by their states; of an entry only the lines above its text are looked at."""
    census: Census = Counter()
    in_head, state, seen = True, "", False
    for line in _lines(path, partial=True):
        if line == _ENTRY_END:
            census["entry", state] += seen
            in_head, state, seen = True, "", False
        elif line == _PART_END:
            in_head = False
        elif line.strip():
            seen = True
            if in_head and line.startswith("STATUS:"):
                state = line.removeprefix("STATUS:").strip()
    census["entry", state] += seen
    return +census


def read(path: Path, *, partial: bool = False) -> Export:
    """Read an export.

    Args:
        path: where it is.
        partial: whether what is damaged is left out, instead of ending the import.

    Raises:
        ImportRefusedError: it cannot be read.

    """
    export = Export("Movable Type")
    for number, (entry, damage) in enumerate(_entries(_lines(path, partial=partial)), start=1):
        state = _one(entry, "STATUS")
        name = f'"{one_line(_one(entry, "TITLE"))}", entry {number}'
        if damage and not partial:
            raise ImportRefusedError(f"{path} is damaged: {name}: {damage}. {GO_ON}")
        if damage:
            export.lost.append(f"{name}: {damage}")
            continue
        export.seen["entry", state] += 1
        export.items.append(_item(entry, state, number))
        export.extra["comment"] += len(entry.get("COMMENT:", ()))
        export.comments += [{"to": name, "content": comment} for comment in entry.get("COMMENT:", ())]
    export.hosts = {host_of(url) for item in export.items for url in item.addresses} - {""}
    if any(not item.addresses for item in export.items):
        export.notes.append(
            "This export does not say which addresses its texts had. "
            "PERMALINK=/{year}/{month}/{name}.html gives them, as that site made them."
        )
    return export


def _lines(path: Path, *, partial: bool) -> Iterator[str]:
    rest = b""
    with stream_of(path) as stream:
        while data := stream.read(1 << 20):
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                yield _decoded(line, path, partial=partial)
            if len(rest) > LONGEST:
                raise ImportRefusedError(f"{path} has a line of more than {LONGEST:,} characters.")
    if rest:
        yield _decoded(rest, path, partial=partial)


def _decoded(line: bytes, path: Path, *, partial: bool) -> str:
    try:
        return line.rstrip(b"\r").decode("utf-8", "replace" if partial else "strict").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        shown = line[:40].decode("latin-1")
        raise ImportRefusedError(f'{path} is not in UTF-8: "{shown}". Save it in UTF-8. {GO_ON}') from error


@dataclass
class _Reader:
    """Puts lines together into an entry."""

    entry: Entry = field(default_factory=lambda: defaultdict(list))
    part: str = ""
    """The part that is being read; ``-`` between two parts, empty above the first."""
    text: list[str] = field(default_factory=list)
    size: int = 0

    def take(self, line: str) -> None:
        """Read one line."""
        self.size += len(line)
        if self.size > LONGEST:
            self.entry = defaultdict(list, {k: self.entry[k] for k in ("TITLE", "STATUS") if k in self.entry})
            self.text = []
        elif line in (_PART_END, _ENTRY_END):
            if self.part not in ("", "-"):
                self.entry[self.part].append("\n".join(self.text).strip("\n"))
            self.part, self.text = "-", []
        elif self.part == "-" and line in _PARTS:
            self.part = line
        elif self.part:
            self.text.append(line)
        elif found := _FACT.match(line):
            self.entry[found[1]].append(found[2].strip())


def _entries(lines: Iterable[str]) -> Iterator[tuple[Entry, str]]:
    """Yield each entry, with what is wrong with it."""
    reader = _Reader()
    for line in lines:
        reader.take(line)
        if line == _ENTRY_END:
            if reader.entry:
                yield reader.entry, f"it is longer than {LONGEST:,} characters" if reader.size > LONGEST else ""
            reader = _Reader()
    if reader.entry:
        yield reader.entry, f"the export ends within it, without a line {_ENTRY_END}"


def _one(entry: Entry, name: str) -> str:
    return next(iter(entry.get(name, ())), "")


def _item(entry: Entry, state: str, number: int) -> Item:
    breaks = _one(entry, "CONVERT BREAKS").lower()
    body = "\n\n".join(filter(None, (_one(entry, "BODY:"), _one(entry, "EXTENDED BODY:"))))
    in_markdown = breaks.startswith("markdown")
    html = body if breaks in _PLAIN_HTML else with_paragraphs(body)
    tags = [*entry.get("PRIMARY CATEGORY", ()), *entry.get("CATEGORY", ())]
    tags += [(a or b).strip() for a, b in _TAG.findall(_one(entry, "TAGS"))]
    address = _one(entry, "UNIQUE URL")
    odd = breaks.startswith(("textile", "rich_markup"))
    return Item(
        "essay",
        _STATES.get(state.lower(), state.lower() or "draft"),
        plain(_one(entry, "TITLE")),
        _one(entry, "BASENAME"),
        address or f"entry {number}",
        date=_date(_one(entry, "DATE")),
        addresses=(address,) if address else (),
        html="" if in_markdown else html,
        markdown=body if in_markdown else None,
        tags=tuple(dict.fromkeys(one_line(tag) for tag in tags if tag.strip())),
        author=one_line(_one(entry, "AUTHOR")),
        summary=plain(_one(entry, "EXCERPT:")),
        incomplete=(f"it is written in {breaks}, which is not turned into Markdown",) if odd else (),
    )


def _date(text: str) -> datetime | None:
    for form in ("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M"):
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 - the export names no zone; the site's is taken
        except ValueError:
            continue
    return None

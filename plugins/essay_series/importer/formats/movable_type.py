"""Movable Type, TypePad and Hatena: a text file, in which a line of eight hyphens ends each entry."""

from __future__ import annotations

import re
from collections import defaultdict
from contextlib import suppress
from datetime import datetime

from ..addresses import host_of
from ..item import (
    PARTIAL_HINT,
    PUBLISHED,
    SCHEDULED,
    Export,
    ImportRefusedError,
    Item,
    ReadOptions,
    decoded,
    one_line,
    plain,
)
from .paragraphs import with_paragraphs

SIGN = re.compile(rb"\A(?:\xef\xbb\xbf)?(?:[A-Z][A-Z ]+:[^\n]*\n)*?(?:STATUS|CONVERT BREAKS|ALLOW COMMENTS|BASENAME): ")
_STATES = {"publish": PUBLISHED, "future": SCHEDULED, "draft": "draft", "review": "pending", "unpublish": "draft"}
_SECTIONS = ("BODY:", "EXTENDED BODY:", "EXCERPT:", "KEYWORDS:", "COMMENT:", "PING:")
_FIELD = re.compile(r"^([A-Z][A-Z ]*[A-Z]): ?(.*)$", re.MULTILINE)
_PLAIN_HTML = ("0", "richtext", "wysiwyg", "")
_TAG = re.compile(r'"([^"]*)"|([^,"]+)')

Entry = dict[str, list[str]]
"""The values of each field of an entry; the names of text sections end with a colon."""


def read(data: bytes, name: str, options: ReadOptions) -> Export:
    """Return the content of an export."""
    text = decoded(data, name, partial=options.partial, hint=PARTIAL_HINT).replace("\r\n", "\n")
    *entries, rest = re.split(r"^-{8}$", text, flags=re.MULTILINE)
    entries = [each for each in entries if each.strip()]
    export = Export("Movable Type", len(entries))
    for number, entry in enumerate(map(_entry, entries), start=1):
        export.items.append(_item(entry, number))
        export.comments += [{"to": _label(entry, number), "content": comment} for comment in entry["COMMENT:"]]
    if rest.strip():
        lost = f"{_label(_entry(rest), len(entries) + 1)}: the export ends within it, without a line of eight hyphens"
        if not options.partial:
            raise ImportRefusedError(f"{name} is damaged: {lost}. {PARTIAL_HINT}")
        export.found += 1
        export.lost.append(lost)
    export.hosts = {host_of(url) for item in export.items for url in item.addresses} - {""}
    if any(not item.addresses for item in export.items):
        export.notes.append(
            "This export does not name the addresses of its texts. PERMALINK=/{year}/{month}/{name}.html gives them, "
            "in the form that the old site had."
        )
    return export


def _entry(text: str) -> Entry:
    """Return an entry: fields of one line, then sections below lines of five hyphens."""
    head, *sections = re.split(r"^-----\n", text, flags=re.MULTILINE)
    entry: Entry = defaultdict(list)
    for found in _FIELD.finditer(head):
        entry[found[1]].append(found[2].strip())
    name = ""
    for section in sections:
        first, _, body = section.partition("\n")
        if first in _SECTIONS:
            name = first
            entry[name].append(body.strip("\n"))
        elif name and section.strip():  # five hyphens within a text
            entry[name][-1] += f"\n\n-----\n\n{section}".rstrip("\n")
    return entry


def _label(entry: Entry, number: int) -> str:
    return f'"{one_line(_one(entry, "TITLE"))}", entry {number}'


def _one(entry: Entry, name: str) -> str:
    return next(iter(entry.get(name, ())), "")


def _item(entry: Entry, number: int) -> Item:
    state = _one(entry, "STATUS").lower()
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
        _STATES.get(state, state or "draft"),
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
        incomplete=(f"its markup, {breaks}, which cannot be converted",) if odd else (),
    )


def _date(text: str) -> datetime | None:
    for form in ("%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M"):
        with suppress(ValueError):
            return datetime.strptime(text, form)  # noqa: DTZ007 - the export has no zone; the site's applies
    return None

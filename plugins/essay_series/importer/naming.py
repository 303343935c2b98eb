"""The new path and front matter of each imported text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import unquote

from ..config import SiteConfig
from ..sources.keys import KEYS
from .item import HIDDEN, PUBLISHED, SCHEDULED, Item, one_line

LONGEST = 100
"""The limit of a slug, in characters; a longer one is cut at a hyphen."""
NO_SUMMARY = "it has no summary: write one sentence"
_FROM_ITEM = frozenset(
    ("Title", "Date", "Series", "Part", "Tags", "Author", "Lang", "Summary", "Slug", "Aliases", "Status")
)
"""Keys that have a field of `Item`."""


def new_paths(items: Sequence[Item], config: SiteConfig) -> list[str]:
    """Return a path of its own for each of `items`; originals come before translations, earlier texts before later."""
    taken: set[str] = set()
    found = [""] * len(items)
    order = sorted(range(len(items)), key=lambda n: (bool(items[n].lang), items[n].sort_date, n))
    counts: dict[str, int] = {}
    for number in order:
        item = items[number]
        slug = slug_of(item, config)
        folder = config.folders["essay" if item.kind == "essay" else "page"]
        base = f"{folder}/{slug}"
        path = f"{base}.md"
        if path in taken and item.lang:
            path = f"{base}-{item.lang.lower()}.md"
        while path in taken:
            counts[base] = counts.get(base, 1) + 1
            path = f"{base}-{counts[base]}.md"
        taken.add(path)
        found[number] = path
    return found


def slug_of(item: Item, config: SiteConfig) -> str:
    """Return the slug of an item, which others may share."""
    name = (
        config.slugify(one_line(unquote(item.name)))
        or config.slugify(item.title)
        or config.slugify(item.origin)
        or item.kind
    )
    return name if len(name) <= LONGEST else name[:LONGEST].rpartition("-")[0] or name[:LONGEST]


def header_of(
    item: Item, path: str, config: SiteConfig, now: datetime, *, part: int | None
) -> tuple[dict[str, str], list[str]]:
    """Return the front matter of `item` at its new `path`, without empty values, and notes for the author.

    `part` is its number in its series; None if dates give the order.
    """
    known = {key.name for key in KEYS if item.kind in key.kinds}
    header = {key: one_line(value) for key, value in item.more.items() if key in known and key not in _FROM_ITEM}
    stem = PurePosixPath(path).stem
    header["Title"] = one_line(item.title) or stem.replace("-", " ").capitalize()
    slug = slug_of(item, config)
    notes = [*_name_notes(item, stem, slug)]
    if stem != slug and item.lang:
        header["Slug"] = slug
    header |= {"Lang": item.lang, "Author": one_line(item.author), "Summary": one_line(item.summary)}
    if item.kind == "essay":
        header |= {"Date": dated(item.date, config), "Series": item.series, "Part": str(part or "")}
    status, why = _status(item, config, now)
    header["Status"] = status
    notes += [why] if why else []
    if not header["Summary"]:
        notes.append(NO_SUMMARY)
    return {key: value for key, value in header.items() if value and key in known}, notes


def _name_notes(item: Item, stem: str, slug: str) -> Iterator[str]:
    if not one_line(item.title):
        yield "it has no title; its slug is used"
    if stem != slug and not item.lang:
        yield f'its slug is "{stem}", because another text has "{slug}"'


def is_public(item: Item, config: SiteConfig, now: datetime) -> bool:
    """Tell whether an item is published at once: not a draft, hidden or scheduled."""
    return not _status(item, config, now)[0] and not _waits(item, config, now)


def _status(item: Item, config: SiteConfig, now: datetime) -> tuple[str, str]:
    """Return ``Status`` of an item, empty for published, and a note for the author, which may be empty."""
    if item.incomplete:
        return "draft", f"imported as a draft, because parts are missing: {'; '.join(item.incomplete)}"
    if item.state == HIDDEN:
        return "hidden", "it stays hidden"
    if item.state not in (PUBLISHED, SCHEDULED):
        return "draft", "imported as a draft" if item.state == "draft" else f"imported as a draft: it was {item.state}"
    if item.kind == "essay" and item.date is None and config.needs_date:
        return "draft", "imported as a draft: it has no date"
    if _waits(item, config, now):
        return _scheduled(item, config)
    past = "imported as a draft: the date it was scheduled for is past"
    return ("draft", past) if item.state == SCHEDULED else ("", "")


def _scheduled(item: Item, config: SiteConfig) -> tuple[str, str]:
    date = dated(item.date, config)
    if config.now is None:
        return "draft", f"imported as a draft: this site would publish it before its date, {date}"
    return "", f"scheduled for {date}"


def _waits(item: Item, config: SiteConfig, now: datetime) -> bool:
    return item.kind == "essay" and item.date is not None and _in(item.date, config) > now


def dated(when: datetime | None, config: SiteConfig) -> str:
    """Return a date as front matter has it. One without a zone gets the site's; midnight without a zone is a day."""
    if when is None:
        return ""
    if when.tzinfo is None and not (when.hour or when.minute or when.second):
        return when.date().isoformat()
    return _in(when, config).isoformat(" ", "seconds" if when.second else "minutes")


def text_of(header: Mapping[str, str], body: str) -> str:
    """Return the text of a source."""
    lines = (f"{name}: {header[name]}\n" for name in dict.fromkeys(key.name for key in KEYS) if header.get(name))
    return f"{''.join(lines)}\n{body}\n"


def _in(when: datetime, config: SiteConfig) -> datetime:
    return when if when.tzinfo else when.replace(tzinfo=config.timezone)

"""New names of imported texts: one path for each, and their headers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import unquote

from ..config import SiteConfig
from ..sources.frontmatter import KEYS
from .item import HIDDEN, PUBLISHED, SCHEDULED, Item, one_line

LONGEST = 100
"""Letters of a name; longer ones are cut at a hyphen."""
_FROM_ITEM = (
    "Title",
    "Date",
    "Modified",
    "Series",
    "Part",
    "Tags",
    "Author",
    "Lang",
    "Summary",
    "Slug",
    "Aliases",
    "Status",
)


def new_paths(items: Sequence[Item], config: SiteConfig) -> list[str]:
    """Return the new path of each of `items`; no two get the same, and originals choose before translations."""
    taken: set[str] = set()
    found = [""] * len(items)
    order = sorted(range(len(items)), key=lambda n: (bool(items[n].lang), _moment(items[n]), n))
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
    """Return the name that an item gets, unless another has it."""
    name = (
        config.slugify(one_line(unquote(item.name)))
        or config.slugify(item.title)
        or config.slugify(item.where)
        or item.kind
    )
    return name if len(name) <= LONGEST else name[:LONGEST].rpartition("-")[0] or name[:LONGEST]


def header_of(
    item: Item, path: str, config: SiteConfig, now: datetime, *, part: int | None
) -> tuple[dict[str, str], list[str]]:
    """Return the front matter of an item, and what a person should know of it.

    Args:
        item: what is brought in.
        path: its new source.
        config: our settings.
        now: the present moment.
        part: the number that it is sorted by in its series, where it does not go by date.

    """
    known = {key.name for key in KEYS if item.kind in key.kinds}
    header = {key: one_line(value) for key, value in item.more.items() if key in known and key not in _FROM_ITEM}
    stem = PurePosixPath(path).stem
    header["Title"] = one_line(item.title) or stem.replace("-", " ").capitalize()
    notes = [*_of_names(item, stem, slug_of(item, config))]
    if stem != slug_of(item, config) and item.lang:
        header["Slug"] = slug_of(item, config)
    header |= {"Lang": item.lang, "Author": one_line(item.author), "Summary": one_line(item.summary)}
    if item.kind == "essay":
        header |= {"Date": dated(item.date, config), "Series": item.series, "Part": str(part or "")}
        if (
            item.modified
            and item.date
            and _in(item.modified, config) > _in(item.date, config)
            and item.more.get("Revision")
        ):
            header["Modified"] = dated(item.modified, config)
    else:
        header.pop("Answers", None)
    status, why = _status(item, config, now)
    header["Status"] = status
    notes += [why] if why else []
    if not header["Summary"]:
        notes.append(NO_SUMMARY)
    return {key: value for key, value in header.items() if value and key in known}, notes


def _of_names(item: Item, stem: str, slug: str) -> Iterator[str]:
    if not one_line(item.title):
        yield "it has no title; its name is taken for one"
    if stem != slug and not item.lang:
        yield f'it is called "{stem}", since another is called "{slug}"'


NO_SUMMARY = "it has no summary: write one sentence"


def is_public(item: Item, config: SiteConfig, now: datetime) -> bool:
    """Tell whether readers will find an item at once."""
    waits = bool(item.date) and item.kind == "essay" and config.now is not None and _in(item.date or now, config) > now
    return not _status(item, config, now)[0] and not waits


def _status(item: Item, config: SiteConfig, now: datetime) -> tuple[str, str]:
    """Return the status of an item, empty for published, and what is told of it."""
    if item.incomplete:
        return "draft", f"it is a draft, since something is missing: {'; '.join(item.incomplete)}"
    if item.state == HIDDEN:
        return "hidden", "it was hidden, and is"
    if item.state not in (PUBLISHED, SCHEDULED):
        return "draft", "it is a draft" if item.state == "draft" else f"it is a draft, since it was {item.state}"
    if item.kind == "essay" and item.date is None and config.needs_date:
        return "draft", "it is a draft, since it has no date"
    return _when_published(item, config, now)


def _when_published(item: Item, config: SiteConfig, now: datetime) -> tuple[str, str]:
    """Return the status of an item that is published, or was to be, and what is told of it."""
    waits = item.kind == "essay" and item.date is not None and _in(item.date, config) > now
    if waits and config.now is None:
        return "draft", f"it is a draft, since this site would publish it before its day, {dated(item.date, config)}"
    if waits:
        return "", f"it waits, and is published on {dated(item.date, config)}"
    if item.state == SCHEDULED:
        return "draft", "it is a draft, since it was scheduled for a day that is over"
    return "", ""


def dated(when: datetime | None, config: SiteConfig) -> str:
    """Return a moment as front matter has it; one without a zone gets the site's, and midnight without one is a day."""
    if when is None:
        return ""
    if when.tzinfo is None and not (when.hour or when.minute or when.second):
        return when.date().isoformat()
    return _in(when, config).isoformat(" ", "seconds" if when.second else "minutes")


def text_of(header: Mapping[str, str], body: str) -> str:
    """Return a source."""
    names: Iterable[str] = dict.fromkeys(key.name for key in KEYS)
    lines = (f"{name}: {header[name]}\n" for name in names if header.get(name))
    return f"{''.join(lines)}\n{body}\n"


def _in(when: datetime, config: SiteConfig) -> datetime:
    return when if when.tzinfo else when.replace(tzinfo=config.timezone)


def _moment(item: Item) -> str:
    return item.date.isoformat() if item.date else ""

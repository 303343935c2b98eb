"""What folders of texts have in common: which files are texts, and what their headers say."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from ..item import PUBLISHED, SCHEDULED, Census, Export, Files, ImportRefusedError, Item, Kind, plain
from .headers import Header, parted

MARKDOWN = (".md", ".markdown", ".mkd", ".mdown", ".mkdn")
OTHER_TEXTS = (".textile", ".rst", ".adoc", ".asciidoc", ".org", ".dj", ".ipynb", ".mdx", ".wiki", ".rmd")
_DATED = re.compile(r"(?P<date>\d{4}-\d{1,2}-\d{1,2})[-_](?P<name>.+)")
_LANG = re.compile(r"(?P<stem>.+)\.(?P<lang>[a-z]{2}(?:-[A-Za-z]{2})?)")
_CONVERT = "it is written in {suffix}, which pandoc turns into Markdown: pandoc -t gfm -s"


def suffix_of(name: str) -> str:
    """Return how the name of a file ends, in small letters."""
    return PurePosixPath(name).suffix.lower()


def is_text(name: str) -> bool:
    """Tell whether a file looks like a text, in whatever markup."""
    return suffix_of(name) in (*MARKDOWN, *OTHER_TEXTS, ".html", ".htm")


def count(files: Files) -> Census:
    """Count the files that look like texts, by how their names end."""
    found = (name.lower() for name in files.names())
    ends = sorted((*MARKDOWN, *OTHER_TEXTS, ".html", ".htm"), key=len, reverse=True)
    return Counter(
        ("file", next(end for end in ends if name.endswith(end))) for name in found if name.endswith(tuple(ends))
    )


def settings_in(files: Files, *names: str) -> Mapping[str, Any]:
    """Return the settings of a generator, from the first of the files `names` that is there.

    Raises:
        ImportRefusedError: they cannot be read.

    """
    name = next((name for name in names if name in files.names()), "")
    if not name:
        return {}
    try:
        text = files.read(name).decode("utf-8-sig")
        found = tomllib.loads(text) if name.endswith(".toml") else yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ImportRefusedError(f"{name} cannot be read: {' '.join(str(error).split())}") from error
    return {str(key).lower(): value for key, value in found.items()} if isinstance(found, dict) else {}


def header_of(name: str, files: Files, export: Export) -> Header | None:
    """Return header and text of the file `name`; None where it cannot be read, which `export` is told."""
    try:
        header = parted(files.read(name).decode("utf-8-sig"))
    except UnicodeDecodeError:
        export.kept.append((name, "it is not in UTF-8: save it in UTF-8"))
        return None
    if header.wrong:
        export.kept.append((name, header.wrong))
        return None
    return header


def keep_back(name: str, export: Export) -> bool:
    """Tell whether the text `name` is in another markup, which `export` is told."""
    if suffix_of(name) in OTHER_TEXTS:
        export.kept.append((name, _CONVERT.format(suffix=suffix_of(name))))
        return True
    return False


def name_and_date(path: str) -> tuple[str, str, str]:
    """Return the name of a text, the date and the language that the name of its file holds; empty for none."""
    pure = PurePosixPath(path)
    stem = pure.stem
    lang = ""
    if found := _LANG.fullmatch(stem):
        stem, lang = found["stem"], found["lang"]
    if stem == "index" and pure.parent.name:
        stem = pure.parent.name
    found = _DATED.fullmatch(stem)
    return (found["name"], found["date"], lang) if found else (stem, "", lang)


def zone_of(name: object) -> ZoneInfo | None:
    """Return the zone called `name`; None where there is none."""
    try:
        return ZoneInfo(str(name)) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def filled(pattern: str, words: Mapping[str, str]) -> str:
    """Return the address that `pattern`, with words such as ``:year`` in it, has."""
    path = re.sub(r":(\w+)", lambda found: words.get(found[1], ""), pattern)
    return re.sub(r"/{2,}", "/", f"/{path}")


def date_words(when: datetime | None) -> Mapping[str, str]:
    """Return the words of an address that follow from a date."""
    if when is None:
        return {}
    return {
        "year": f"{when:%Y}",
        "month": f"{when:%m}",
        "day": f"{when:%d}",
        "short_year": f"{when:%y}",
        "i_month": str(when.month),
        "i_day": str(when.day),
        "y_day": f"{when:%j}",
        "monthname": f"{when:%B}",
        "hour": f"{when:%H}",
        "minute": f"{when:%M}",
        "second": f"{when:%S}",
    }


def item_from(
    kind: Kind,
    path: str,
    header: Header,
    body: str,
    *,
    state: str = "",
    zone: ZoneInfo | None = None,
    **more: Any,  # noqa: ANN401 - fields of all types
) -> Item:
    """Return the item that a header and a text make; what the header does not say, the name of the file may.

    Args:
        kind: what it is.
        path: where it lies.
        header: the text above it.
        body: its text.
        state: its state, where that is known.
        zone: the zone of dates without one.
        more: further fields of the item, which take the place of those of the header.

    """
    name, _, lang = name_and_date(path)
    part = header.text("part", "series_part", "series_index", "series_order")
    is_html = suffix_of(path) in (".html", ".htm")
    found: dict[str, Any] = {
        "title": plain(header.text("title")) or name.replace("-", " ").replace("_", " ").capitalize(),
        "name": header.text("slug") or name,
        "date": _date(path, header, zone),
        "modified": header.date("modified", "lastmod", "last_modified_at", "updated"),
        "html": body if is_html else "",
        "markdown": None if is_html else body,
        "tags": header.list("categories", "tags", "tag"),
        "series": header.text("series"),
        "part": float(part) if part.replace(".", "", 1).isdigit() else None,
        "author": header.text("author", "authors"),
        "summary": plain(header.text("summary", "description", "excerpt")),
        "lang": header.text("lang", "language") or lang,
    }
    return Item(kind, state or state_of(header), where=path, **{**found, **more})


def _date(path: str, header: Header, zone: ZoneInfo | None) -> datetime | None:
    day = name_and_date(path)[1]
    when = header.date("date", "pubdate", "published") or (datetime.fromisoformat(day_of(day)) if day else None)
    has_hour = when is not None and bool(when.hour or when.minute)
    return when.replace(tzinfo=zone) if when and zone and not when.tzinfo and has_hour else when


def state_of(header: Header) -> str:
    """Return the state that a header says."""
    if header.flag("draft") or header.flag("published") is False:
        return "draft"
    if header.flag("private"):
        return "private"
    said = header.text("status").lower()
    return {"": PUBLISHED, "publish": PUBLISHED, "published": PUBLISHED, "scheduled": SCHEDULED}.get(said, said)


def day_of(text: str) -> str:
    """Return a date such as ``2009-4-1`` in ISO form; the first of that year where there is no such day."""
    year, month, day = (int(piece) for piece in text.split("-"))
    try:
        return datetime(year, month, day).date().isoformat()  # noqa: DTZ001 - it is a day
    except ValueError:
        return f"{year:04}-01-01"

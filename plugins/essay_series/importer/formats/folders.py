"""The common parts of formats that are folders: which files are texts, and the values in their headers."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml

from ..item import PUBLISHED, SCHEDULED, Export, Files, ImportRefusedError, Item, Kind, decoded, part_number, plain
from .headers import Header, parsed

MARKDOWN = (".md", ".markdown", ".mkd", ".mdown", ".mkdn")
HTML = (".html", ".htm")
OTHER_MARKUP = (".textile", ".rst", ".adoc", ".asciidoc", ".org", ".dj", ".ipynb", ".mdx", ".wiki", ".rmd")
ABOUT_THE_SITE = ("readme", "license", "licence", "changelog", "contributing", "code_of_conduct", "history", "security")
"""The names of files that describe the folder, and are not texts of the site."""
_DATED = re.compile(r"(?P<date>\d{4}-\d{1,2}-\d{1,2})[-_](?P<name>.+)")
_LANG = re.compile(r"(?P<stem>.+)\.(?P<lang>[a-z]{2}(?:-[A-Za-z]{2})?)")


class FileName(NamedTuple):
    """The facts in the name of a source file."""

    slug: str
    date: datetime | None = None
    lang: str = ""


def suffix_of(name: str) -> str:
    """Return the suffix of a file name in lower case, such as ``.md``."""
    return PurePosixPath(name).suffix.lower()


def is_text(name: str) -> bool:
    """Tell whether a file looks like a text, in any markup."""
    return suffix_of(name) in (*MARKDOWN, *OTHER_MARKUP, *HTML)


def settings_in(files: Files, *names: str) -> Mapping[str, Any]:
    """Return the settings in the first of the files `names` that exists, by keys in lower case."""
    name = next((name for name in names if name in files.names()), "")
    if not name:
        return {}
    text = decoded(files.read(name), name)
    try:
        found = tomllib.loads(text) if name.endswith(".toml") else yaml.safe_load(text)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ImportRefusedError(f"{name} cannot be read: {' '.join(str(error).split())}") from error
    return {str(key).lower(): value for key, value in found.items()} if isinstance(found, dict) else {}


def header_of(name: str, files: Files, export: Export) -> Header | None:
    """Return header and text of the file `name`; None if it cannot be imported, which is noted in `export`."""
    wrong = ""
    if suffix_of(name) in OTHER_MARKUP:
        wrong = f"it is written in {suffix_of(name)}; convert it to Markdown, for example with: pandoc -t gfm -s"
    else:
        try:
            header = parsed(decoded(files.read(name), name))
        except ImportRefusedError as refusal:
            wrong = str(refusal)
        else:
            wrong = header.wrong
    if wrong:
        export.skipped.append((name, wrong))
        return None
    return header


def file_name(path: str) -> FileName:
    """Return slug, date and language that the name of a source file says, as in ``2009-04-01-price.de.md``."""
    pure = PurePosixPath(path)
    stem, lang = pure.stem, ""
    if found := _LANG.fullmatch(stem):
        stem, lang = found["stem"], found["lang"]
    if stem == "index" and pure.parent.name:
        stem = pure.parent.name
    if found := _DATED.fullmatch(stem):
        with suppress(ValueError):
            year, month, day = map(int, found["date"].split("-"))
            return FileName(found["name"], datetime(year, month, day), lang)  # noqa: DTZ001 - it is a day
    return FileName(stem, lang=lang)


def zone_of(name: object) -> ZoneInfo | None:
    """Return the time zone called `name`; None if there is none."""
    try:
        return ZoneInfo(str(name)) if name else None
    except (ZoneInfoNotFoundError, ValueError):
        return None


def filled(pattern: str, words: Mapping[str, str]) -> str:
    """Return the path that `pattern`, with placeholders such as ``:year``, gives; a slash begins it."""
    path = re.sub(r":(\w+)", lambda found: words.get(found[1], ""), pattern)
    return re.sub(r"/{2,}", "/", f"/{path}")


def date_words(when: datetime | None) -> Mapping[str, str]:
    """Return the values of the placeholders for a date."""
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
    """Return the item that the file `path` holds; its name gives what its header does not.

    Args:
        kind: essay or page.
        path: the file, below the folder.
        header: its front matter.
        body: its text.
        state: its state; empty to read it from the header.
        zone: the zone of times that have none.
        more: further fields of the item, which override the header.

    """
    name, _, lang = file_name(path)
    is_html = suffix_of(path) in HTML
    found: dict[str, Any] = {
        "title": plain(header.text("title")) or name.replace("-", " ").replace("_", " ").capitalize(),
        "name": header.text("slug") or name,
        "date": _date(path, header, zone),
        "html": body if is_html else "",
        "markdown": None if is_html else body,
        "tags": header.list("categories", "tags", "tag"),
        "series": header.text("series"),
        "part": part_number(header.text("part", "series_part", "series_index", "series_order")),
        "author": header.text("author", "authors"),
        "summary": plain(header.text("summary", "description", "excerpt")),
        "lang": header.text("lang", "language") or lang,
    }
    return Item(kind, state or state_of(header), origin=path, **{**found, **more})


def _date(path: str, header: Header, zone: ZoneInfo | None) -> datetime | None:
    when = header.date("date", "pubdate", "published") or file_name(path).date
    has_hour = when is not None and bool(when.hour or when.minute)
    return when.replace(tzinfo=zone) if when and zone and not when.tzinfo and has_hour else when


def state_of(header: Header) -> str:
    """Return the state that a header gives, in the words of `Item.state`."""
    if header.flag("draft") or header.flag("published") is False:
        return "draft"
    if header.flag("private"):
        return "private"
    status = header.text("status").lower()
    return {"": PUBLISHED, "publish": PUBLISHED, "published": PUBLISHED, "scheduled": SCHEDULED}.get(status, status)

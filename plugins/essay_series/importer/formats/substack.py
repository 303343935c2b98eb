"""Substack: the zip of its export, with a table of posts and the HTML of each."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from ..item import PUBLISHED, SCHEDULED, Census, Export, Files, ImportRefusedError, Item, one_line, plain
from ..places import host_of

TABLE = "posts.csv"
_POST = re.compile(r"posts/(?P<id>[^/]+)\.html?")
_LINK = re.compile(r"""(?:href|data-attrs)=["'][^"']*?(https?://[\w.-]+\.substack\.com)""")
_BUTTON = re.compile(
    r"""<(?P<name>p|div)[^>]*class="[^"]*(?:button-wrapper|subscription-widget|captioned-button-wrap)[^"]*".*?</(?P=name)>""",
    re.DOTALL,
)
_IMAGES = (
    "substackcdn.com",
    "substack-post-media.s3.amazonaws.com",
    "bucketeer-e05bbc84-baa3-437e-9518-adb32be77984.s3.amazonaws.com",
    "cdn.substack.com",
)


def count(files: Files) -> Census:
    """Count what the table or the folder of posts names."""
    rows = files.read(TABLE).decode("utf-8-sig", "replace").splitlines()
    named = {found[1] for row in rows if (found := re.match(r'"?(\d+\.[^,"]+)"?,', row))}
    there = {found["id"] for name in files.names() if (found := _POST.fullmatch(name))}
    return Counter({("post", ""): len(named | there)})


def read(files: Files) -> Export:
    """Read an export.

    Raises:
        ImportRefusedError: it cannot be read.

    """
    export = Export("Substack", files=files, image_hosts=set(_IMAGES))
    there = {found["id"]: name for name in files.names() if (found := _POST.fullmatch(name))}
    rows = {row["post_id"]: row for row in _rows(files) if row.get("post_id")}
    for number in sorted(rows.keys() | there.keys()):
        export.seen["post", ""] += 1
        row = rows.get(number, {})
        if number not in there:
            export.kept.append((f'"{plain(row.get("title") or number)}"', "the export has no text of it"))
            continue
        html = _text(files, there[number])
        export.hosts |= set(map(host_of, _LINK.findall(html)))
        export.items.append(_item(number, row, html))
    export.extra["other file"] = len(files.names()) - len(there) - 1
    if not export.hosts:
        export.notes.append("The export does not say under which address it was found; SITE=https://… names it.")
    return export


def _rows(files: Files) -> list[Mapping[str, str]]:
    try:
        table = io.StringIO(_text(files, TABLE).removeprefix("\ufeff"), newline="")
        return [
            {k: v or "" for k, v in row.items() if isinstance(k, str)} for row in csv.DictReader(table, strict=True)
        ]
    except csv.Error as error:
        raise ImportRefusedError(f"{TABLE} is damaged: {error}. Export again.") from error


def _text(files: Files, name: str) -> str:
    try:
        return files.read(name).decode()
    except UnicodeDecodeError as error:
        raise ImportRefusedError(f"{name} is not in UTF-8. Export again.") from error


def _item(number: str, row: Mapping[str, str], html: str) -> Item:
    name = number.partition(".")[2]
    published = row.get("is_published", "").lower() == "true"
    state = PUBLISHED if published else "draft"
    if published and row.get("audience") not in ("everyone", "", None):
        state = "protected"
    date = _date(row.get("post_date", ""))
    notes = [f"its sound lies at {one_line(row['podcast_url'])}"] if row.get("podcast_url") else []
    is_page = row.get("type") == "page"
    return Item(
        "page" if is_page else "essay",
        SCHEDULED if not published and row.get("scheduled_at") else state,
        plain(row.get("title") or name.replace("-", " ").capitalize()),
        name,
        number,
        date=date,
        addresses=(f"/{name}" if is_page else f"/p/{name}",) if name else (),
        html=_BUTTON.sub("", html),
        series=plain(row.get("section_name") or row.get("section") or ""),
        summary=plain(row.get("subtitle") or ""),
        notes=tuple(notes),
        incomplete=() if row else ("the table of posts does not know it",),
    )


def _date(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(microsecond=0) if text else None
    except ValueError:
        return None

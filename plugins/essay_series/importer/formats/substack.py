"""Substack: the zip of its export, with a table of the posts and an HTML file for each."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping

from ..addresses import host_of
from ..item import PUBLISHED, SCHEDULED, Export, Files, ImportRefusedError, Item, decoded, iso_date, one_line, plain

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


def read(files: Files) -> Export:
    """Return the content of an export."""
    pages = {found["id"]: name for name in files.names() if (found := _POST.fullmatch(name))}
    rows = {row["post_id"]: row for row in _rows(files) if row.get("post_id")}
    numbers = sorted(rows.keys() | pages.keys())
    export = Export("Substack", len(numbers), files=files, image_hosts=set(_IMAGES))
    for number in numbers:
        row = rows.get(number, {})
        if number in pages:
            html = decoded(files.read(pages[number]), pages[number])
            export.hosts |= set(map(host_of, _LINK.findall(html)))
            export.items.append(_item(number, row, html))
        else:
            export.skipped.append((f'"{plain(row.get("title") or number)}"', "the export does not have its text"))
    if not export.hosts:
        export.notes.append("The export does not name the address of the site; SITE=https://… gives it.")
    return export


def _rows(files: Files) -> list[Mapping[str, str]]:
    table = io.StringIO(decoded(files.read(TABLE), TABLE), newline="")
    try:
        return [
            {k: v or "" for k, v in row.items() if isinstance(k, str)} for row in csv.DictReader(table, strict=True)
        ]
    except csv.Error as error:
        raise ImportRefusedError(f"{TABLE} is damaged: {error}. Export again.") from error


def _item(number: str, row: Mapping[str, str], html: str) -> Item:
    name = number.partition(".")[2]
    published = row.get("is_published", "").lower() == "true"
    state = PUBLISHED if published else "draft"
    if published and row.get("audience") not in ("everyone", "", None):
        state = "protected"
    notes = [f"its audio is at {one_line(row['podcast_url'])}"] if row.get("podcast_url") else []
    is_page = row.get("type") == "page"
    return Item(
        "page" if is_page else "essay",
        SCHEDULED if not published and row.get("scheduled_at") else state,
        plain(row.get("title") or name.replace("-", " ").capitalize()),
        name,
        number,
        date=iso_date(row.get("post_date", "")),
        addresses=(f"/{name}" if is_page else f"/p/{name}",) if name else (),
        html=_BUTTON.sub("", html),
        series=plain(row.get("section_name") or row.get("section") or ""),
        summary=plain(row.get("subtitle") or ""),
        notes=tuple(notes),
        incomplete=() if row else ("its row in posts.csv",),
    )

"""WordPress: the RSS feed with extensions (WXR) that its export writes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from html import unescape

from lxml import etree

from ..addresses import host_of
from ..item import PUBLISHED, SCHEDULED, Export, Item, Kind, ReadOptions, one_line, part_number, plain
from ..xml_items import child, open_export, value_in
from .paragraphs import with_paragraphs
from .shortcodes import Attachment, expanded

SIGN = b"wordpress.org/export/"
_STATES = {
    "publish": PUBLISHED,
    "future": SCHEDULED,
    "trash": "trashed",
    "private": "private",
    "pending": "pending",
    "draft": "draft",
    "auto-draft": "draft",
}
_TEXTS: Mapping[str, Kind] = {"post": "essay", "page": "page"}
_NO_CATEGORY = "uncategorized"
_WP_NOTES = re.compile(r"<!-- wp:footnotes[^>]*/-->")
_META = ("_thumbnail_id", "footnotes", "_wp_attachment_image_alt")


@dataclass
class _Channel:
    """Facts about the whole site, some collected from its items."""

    authors: Mapping[str, str]
    """Display names, by login."""
    types: Mapping[str, Kind]
    attachments: dict[str, Attachment] = field(default_factory=dict)
    featured: dict[str, str] = field(default_factory=dict)
    """The id of the featured image, by the id of its post."""


def read(data: bytes, name: str, options: ReadOptions) -> Export:
    """Return the content of a WXR file."""
    source = open_export(data, name, "item", "rss", partial=options.partial)
    export = Export("WordPress", len(source.items), notes=source.notes)
    authors = {
        value_in(each, "wp:author_login"): value_in(each, "wp:author_display_name")
        for each in source.head.split("<wp:author>")[1:]
    }
    channel = _Channel(authors, {**_TEXTS, **dict.fromkeys(options.types, "essay")})
    export.hosts = {host_of(unescape(url)) for url in re.findall(r"<(?:link|wp:base_\w+_url)>([^<]+)<", source.head)}
    export.hosts -= {"", "wordpress.com"}
    for each in source.elements():
        if isinstance(each, str):
            export.lost.append(each)
        else:
            _add(each, channel, export)
    export.items = [_finished(item, channel) for item in export.items]
    return export


def _add(element: etree._Element, channel: _Channel, export: Export) -> None:
    kind = child(element, "post_type")
    export.comments.extend(_comments(element))
    if kind == "attachment":
        url = child(element, "attachment_url")
        alt = dict(_metas(element)).get("_wp_attachment_image_alt", "")
        export.attachments[child(element, "link")] = url
        channel.attachments[child(element, "post_id")] = Attachment(url, alt or child(element, "title"))
        export.image_hosts.add(host_of(url))
    if kind in channel.types and child(element, "status") != "inherit":
        export.items.append(_item(element, channel.types[kind], channel))
        export.hosts.add(host_of(child(element, "link")))
    else:
        export.others[kind or "without a type"] += 1


def _item(element: etree._Element, kind: Kind, channel: _Channel) -> Item:
    number, state = child(element, "post_id"), child(element, "status")
    metas = dict(_metas(element))
    body = child(element, "encoded", "content")
    notes = _notes(metas.get("footnotes", ""))
    html = _WP_NOTES.sub(lambda _: notes, body) if _WP_NOTES.search(body) else body + notes
    terms = list(_terms(element))
    series = next((name for domain, name in terms if domain == "series"), "")
    if metas.get("_thumbnail_id"):
        channel.featured[number] = metas["_thumbnail_id"]
    part = next((value for key, value in metas.items() if key.startswith("_series_part")), "")
    protected = bool(child(element, "post_password"))
    query = "page_id" if kind == "page" else "p"
    return Item(
        kind,
        "protected" if protected else _STATES.get(state, state or "draft"),
        plain(child(element, "title")),
        child(element, "post_name"),
        number,
        date=_date(child(element, "post_date"), child(element, "post_date_gmt")),
        addresses=tuple(filter(None, (child(element, "link"), f"/?{query}={number}"))),
        html=html,
        tags=tuple(n for d, n in terms if d in ("category", "post_tag") and n.lower() != _NO_CATEGORY),
        series=series,
        part=part_number(part),
        author=channel.authors.get(child(element, "creator"), child(element, "creator")),
        summary=plain(child(element, "encoded", "excerpt")),
    )


def _finished(item: Item, channel: _Channel) -> Item:
    """Return `item` with shortcodes, paragraphs and featured image as HTML; all attachments must be known."""
    html, left = expanded(item.html, channel.attachments)
    if "<!-- wp:" not in html:
        html = with_paragraphs(html)
    image = channel.attachments.get(channel.featured.get(item.origin, ""))
    if image and image.url.rpartition("/")[2].rpartition(".")[0] not in html:
        html = f"<figure>{image.html}</figure>\n{html}"
    return replace(item, html=html, incomplete=left)


def _notes(text: str) -> str:
    """Return the footnotes of the block editor, which are stored as JSON apart from the text, as HTML."""
    try:
        notes = json.loads(text) if text else []
    except ValueError:
        return ""
    items = (
        f'<li id="{each["id"]}">{each["content"]} <a href="#{each["id"]}-link">↩</a></li>'
        for each in notes
        if isinstance(each, dict) and isinstance(each.get("content"), str) and str(each.get("id", "")).isascii()
    )
    return f"<ol>{''.join(items)}</ol>" if notes else ""


def _terms(element: etree._Element) -> Iterator[tuple[str, str]]:
    for term in element.findall("{*}category"):
        yield term.get("domain", ""), one_line(unescape("".join(term.itertext())))


def _metas(element: etree._Element) -> Iterator[tuple[str, str]]:
    for meta in element.findall("{*}postmeta"):
        key = child(meta, "meta_key")
        if key in _META or key.startswith("_series_part"):
            yield key, child(meta, "meta_value")


def _comments(element: etree._Element) -> Iterator[Mapping[str, str]]:
    for each in element.findall("{*}comment"):
        facts = {name: child(each, f"comment_{name}") for name in ("author", "date_gmt", "content", "approved", "type")}
        yield {"to": child(element, "link"), **facts}


def _date(local: str, utc: str) -> datetime | None:
    """Return the local time ``2009-04-01 10:00:00`` with the zone that its difference from UTC gives."""
    try:
        when = datetime.fromisoformat(local)
    except ValueError:
        return None
    try:
        off = round((when - datetime.fromisoformat(utc)) / timedelta(minutes=1))
    except ValueError:
        return when
    return when.replace(tzinfo=timezone(timedelta(minutes=off))) if abs(off) < 24 * 60 else when

"""WordPress: WXR, as its export writes it, plain or packed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from html import unescape

from lxml import etree

from ..item import PUBLISHED, SCHEDULED, Export, Item, Kind, one_line, plain
from ..places import host_of
from ..xml_items import XmlExport, value_in
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
    """What the export says of the whole site, and what was met on the way."""

    authors: Mapping[str, str]
    types: Mapping[str, Kind]
    attachments: dict[str, Attachment] = field(default_factory=dict)
    featured: dict[str, str] = field(default_factory=dict)
    """The numbers of the images that posts are shown with, by the number of the post."""


def kind_of(item: str) -> tuple[str, str]:
    """Return kind and state of an item as it stands in the export."""
    return value_in(item, "wp:post_type"), value_in(item, "wp:status")


def read(source: XmlExport, types: Iterable[str] = ()) -> Export:
    """Read an export.

    Args:
        source: where it is.
        types: names of further kinds of posts that are texts.

    Raises:
        ImportRefusedError: it cannot be read.

    """
    survey = source.survey(kind_of, ("wp:comment",))
    export = Export("WordPress", extra=survey.more, counted=survey.census)
    channel = _channel(survey.head, {**_TEXTS, **dict.fromkeys(types, "essay")})
    export.hosts = {host_of(unescape(url)) for url in re.findall(r"<(?:link|wp:base_\w+_url)>([^<]+)<", survey.head)}
    export.hosts -= {"", "wordpress.com"}
    for each in source.elements(survey):
        if isinstance(each, str):
            export.lost.append(each)
        else:
            _take(each, channel, export)
    export.items = [_finished(item, channel) for item in export.items]
    return export


def _channel(head: str, types: Mapping[str, Kind]) -> _Channel:
    bare = re.sub(r"<!\[CDATA\[(.*?)\]\]>", r"\1", head)
    authors = {
        unescape(value_in(each, "wp:author_login")): unescape(value_in(each, "wp:author_display_name"))
        for each in bare.split("<wp:author>")[1:]
    }
    return _Channel(authors, types)


def _take(element: etree._Element, channel: _Channel, export: Export) -> None:
    kind, state = _text(element, "post_type"), _text(element, "status")
    export.seen[kind, state] += 1
    export.comments.extend(_comments(element))
    if kind == "attachment":
        url = _text(element, "attachment_url")
        alt = dict(_metas(element)).get("_wp_attachment_image_alt", "")
        export.attachments[_text(element, "link")] = url
        channel.attachments[_text(element, "post_id")] = Attachment(url, alt or _text(element, "title"))
        export.image_hosts.add(host_of(url))
    if kind in channel.types and state != "inherit":
        export.items.append(_item(element, channel.types[kind], channel))
        export.hosts.add(host_of(_text(element, "link")))
    else:
        export.others[kind or "without a kind"] += 1


def _item(element: etree._Element, kind: Kind, channel: _Channel) -> Item:
    number, state = _text(element, "post_id"), _text(element, "status")
    metas = dict(_metas(element))
    body = _raw(element, "encoded", "/content/")
    notes = _notes(metas.get("footnotes", ""))
    html = _WP_NOTES.sub(lambda _: notes, body) if _WP_NOTES.search(body) else body + notes
    terms = list(_terms(element))
    series = next((name for domain, name in terms if domain == "series"), "")
    if metas.get("_thumbnail_id"):
        channel.featured[number] = metas["_thumbnail_id"]
    part = next((value for key, value in metas.items() if key.startswith("_series_part")), "")
    protected = bool(_text(element, "post_password"))
    query = "page_id" if kind == "page" else "p"
    return Item(
        kind,
        "protected" if protected else _STATES.get(state, state or "draft"),
        plain(_text(element, "title")),
        _text(element, "post_name"),
        number,
        date=_date(_text(element, "post_date"), _text(element, "post_date_gmt")),
        addresses=tuple(filter(None, (_text(element, "link"), f"/?{query}={number}"))),
        html=html,
        tags=tuple(n for d, n in terms if d in ("category", "post_tag") and n.lower() != _NO_CATEGORY),
        series=series,
        part=float(part) if re.fullmatch(r"\d+(\.\d+)?", part) else None,
        author=channel.authors.get(_text(element, "creator"), _text(element, "creator")),
        summary=plain(_raw(element, "encoded", "/excerpt/")),
    )


def _finished(item: Item, channel: _Channel) -> Item:
    """Return the item with its images, shortcodes and paragraphs, once all attachments are known."""
    html, told = expanded(item.html, channel.attachments)
    if "<!-- wp:" not in html:
        html = with_paragraphs(html)
    image = channel.attachments.get(channel.featured.get(item.where, ""))
    if image and image.url.rpartition("/")[2].rpartition(".")[0] not in html:
        html = f"<figure>{image.shown}</figure>\n{html}"
    return replace(item, html=html, incomplete=told)


def _notes(text: str) -> str:
    """Return the notes of the block editor, which keeps them apart from the text, as HTML."""
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
        key = _text(meta, "meta_key")
        if key in _META or key.startswith("_series_part"):
            yield key, _text(meta, "meta_value")


def _comments(element: etree._Element) -> Iterator[Mapping[str, str]]:
    for each in element.findall("{*}comment"):
        facts = {name: _text(each, f"comment_{name}") for name in ("author", "date_gmt", "content", "approved", "type")}
        yield {"to": _text(element, "link"), **facts}


def _date(local: str, utc: str) -> datetime | None:
    """Return the time ``2009-04-01 10:00:00`` with the zone that follows from the same time in UTC."""
    try:
        when = datetime.fromisoformat(local)
    except ValueError:
        return None
    try:
        off = round((when - datetime.fromisoformat(utc)) / timedelta(minutes=1))
    except ValueError:
        return when
    return when.replace(tzinfo=timezone(timedelta(minutes=off))) if abs(off) < 24 * 60 else when


def _text(element: etree._Element, name: str) -> str:
    return _raw(element, name, "").strip()


def _raw(element: etree._Element, name: str, space: str) -> str:
    """Return the text of a child; `space` is a part of its namespace, of which there are several versions."""
    for child in element.iterchildren(f"{{*}}{name}"):
        if space in str(child.tag):
            return "".join(child.itertext())
    return ""

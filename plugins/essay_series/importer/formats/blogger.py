"""Blogger: the feed that it exported until 2024, and the feed of Google Takeout, which has a namespace of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from lxml import etree

from ..addresses import host_of, key_of
from ..item import PUBLISHED, SCHEDULED, Export, Item, Kind, ReadOptions, iso_date, one_line, plain
from ..xml_items import child, open_export

SIGNS = (b"schemas.google.com/blogger", b"www.blogger.com", b"tag:blogger.com")
_KIND = "http://schemas.google.com/g/2005#kind"
_STATES = {
    "LIVE": PUBLISHED,
    "": PUBLISHED,
    "SCHEDULED": SCHEDULED,
    "DRAFT": "draft",
    "SOFT_TRASHED": "trashed",
    "TRASHED": "trashed",
    "PENDING": "pending",
}
_TEXTS: dict[str, Kind] = {"post": "essay", "page": "page"}
_IMAGES = ("bp.blogspot.com", "blogger.googleusercontent.com", "lh3.googleusercontent.com", "photos1.blogger.com")
_LINK = re.compile(r"""href=["'](https?://[^"'#?\s]+)""")


def read(data: bytes, name: str, options: ReadOptions) -> Export:
    """Return the content of a feed."""
    source = open_export(data, name, "entry", "feed", partial=options.partial)
    export = Export("Blogger", len(source.items), image_hosts=set(_IMAGES), notes=source.notes)
    own = re.findall(r"""<link[^>]*href=["']([^"']+)["'][^>]*rel=["']alternate["']""", source.head)
    export.hosts = {host_of(url) for url in own} - {"blogger.com"}
    for each in source.elements():
        if isinstance(each, str):
            export.lost.append(each)
            continue
        kind = _kind(each)
        if kind in _TEXTS:
            export.items.append(_item(each, _TEXTS[kind]))
        else:
            export.others[kind or "without a type"] += 1
        if kind == "comment":
            export.comments.append(_comment(each))
    export.hosts |= set(_hosts(export))
    return export


def _kind(entry: etree._Element) -> str:
    terms = (each.get("term", "") for each in entry.iterchildren("{*}category") if each.get("scheme") == _KIND)
    return next(terms, "").rpartition("#")[2] or child(entry, "type").lower()


def _state(entry: etree._Element) -> str:
    control = entry.find("{*}control")
    is_draft = control is not None and child(control, "draft") == "yes"
    state = "TRASHED" if child(entry, "trashed") else child(entry, "status") or ("DRAFT" if is_draft else "")
    return _STATES.get(state.upper(), state.lower())


def _item(entry: etree._Element, kind: Kind) -> Item:
    url = next((each.get("href", "") for each in entry.iterchildren("{*}link") if each.get("rel") == "alternate"), "")
    address = url or child(entry, "filename")
    number = child(entry, "id").rpartition("-")[2].rpartition(".")[2]
    labels = (each.get("term", "") for each in entry.iterchildren("{*}category") if each.get("scheme") != _KIND)
    content, text = entry.find("{*}content"), child(entry, "content")
    is_html = content is None or content.get("type", "text") != "text"
    return Item(
        kind,
        _state(entry),
        plain(child(entry, "title")),
        key_of(address).rpartition("/")[2] if address else "",
        address or number,
        date=iso_date(child(entry, "published")),
        addresses=(address,) if address else (),
        html=text if is_html else f"<p>{escape(text, quote=False)}</p>",
        tags=tuple(one_line(label) for label in labels),
        author=_author(entry),
        summary=plain(child(entry, "metaDescription")),
    )


def _author(entry: etree._Element) -> str:
    author = entry.find("{*}author")
    return one_line(child(author, "name")) if author is not None else ""


def _comment(entry: etree._Element) -> dict[str, str]:
    to = next((each.get("href", "") for each in entry.iterchildren("{*}in-reply-to")), "") or child(entry, "parent")
    facts = {"to": to, "author": _author(entry)}
    return facts | {"date": child(entry, "published"), "content": child(entry, "content")}


def _hosts(export: Export) -> Iterator[str]:
    """Yield the hosts of the old site: those of absolute addresses, and those of links that fit two addresses or more.

    Takeout gives addresses without a host, so a custom domain shows only in links.
    """
    known = {key_of(item.addresses[0]) for item in export.items if item.addresses}
    found: dict[str, set[str]] = {}
    for item in export.items:
        yield from filter(None, map(host_of, item.addresses))
        for url in _LINK.findall(item.html):
            if key_of(url) in known - {"/"}:
                found.setdefault(host_of(url), set()).add(key_of(url))
    yield from (host for host, keys in found.items() if host.endswith(".blogspot.com") or len(keys) > 1)

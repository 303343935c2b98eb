"""Blogger: the feed that it exported until 2024, and that of Google Takeout today."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from lxml import etree

from ..item import PUBLISHED, SCHEDULED, Export, Item, Kind, one_line, plain
from ..places import host_of, key_of
from ..xml_items import XmlExport, value_in

SIGNS = (b"schemas.google.com/blogger", b"www.blogger.com", b"tag:blogger.com")
_KIND = "http://schemas.google.com/g/2005#kind"
_STATES = {
    "LIVE": PUBLISHED,
    "": PUBLISHED,
    "SCHEDULED": SCHEDULED,
    "draft": "draft",
    "DRAFT": "draft",
    "SOFT_TRASHED": "trashed",
    "TRASHED": "trashed",
    "PENDING": "pending",
}
_TEXTS: dict[str, Kind] = {"post": "essay", "page": "page"}
_IMAGES = ("bp.blogspot.com", "blogger.googleusercontent.com", "lh3.googleusercontent.com", "photos1.blogger.com")
_AUTHOR = re.compile(r"<author>.*?</author>", re.DOTALL)
_MARK = re.compile(r"blogger/2008/kind#(\w+)")
_LINK = re.compile(r"""href=["'](https?://[^"'#?\s]+)""")


def kind_of(entry: str) -> tuple[str, str]:
    """Return kind and state of an entry as it stands in the export."""
    bare = _AUTHOR.sub("", entry)
    old = _MARK.search(bare)
    kind = old[1] if old else value_in(bare, "blogger:type").lower()
    state = value_in(bare, "blogger:status")
    if value_in(bare, "blogger:trashed"):
        return kind, "TRASHED"
    return kind, state or ("draft" if value_in(bare, "app:draft") == "yes" else "")


def read(source: XmlExport) -> Export:
    """Read an export.

    Raises:
        ImportRefusedError: it cannot be read.

    """
    survey = source.survey(kind_of)
    export = Export("Blogger", image_hosts=set(_IMAGES), counted=survey.census)
    own = re.findall(r"""<link[^>]*href=["']([^"']+)["'][^>]*rel=["']alternate["']""", survey.head)
    export.hosts = {host_of(url) for url in own} - {"blogger.com"}
    for each in source.elements(survey):
        if isinstance(each, str):
            export.lost.append(each)
            continue
        kind, state = _kind(each)
        export.seen[kind, state] += 1
        if kind in _TEXTS:
            export.items.append(_item(each, _TEXTS[kind], state))
        else:
            export.others[kind or "without a kind"] += 1
        if kind == "comment":
            export.comments.append(_comment(each))
    export.hosts |= set(_hosts(export))
    return export


def _kind(entry: etree._Element) -> tuple[str, str]:
    terms = (each.get("term", "") for each in entry.iterchildren("{*}category") if each.get("scheme") == _KIND)
    kind = next(terms, "").rpartition("#")[2] or _text(entry, "type").lower()
    if _text(entry, "trashed"):
        return kind, "TRASHED"
    control = entry.find("{*}control")
    draft = control is not None and _text(control, "draft") == "yes"
    return kind, _text(entry, "status") or ("draft" if draft else "")


def _item(entry: etree._Element, kind: Kind, state: str) -> Item:
    url = next((each.get("href", "") for each in entry.iterchildren("{*}link") if each.get("rel") == "alternate"), "")
    address = url or _text(entry, "filename")
    number = _text(entry, "id").rpartition("-")[2].rpartition(".")[2]
    author = entry.find("{*}author")
    labels = (each.get("term", "") for each in entry.iterchildren("{*}category") if each.get("scheme") != _KIND)
    content = entry.find("{*}content")
    text = "".join(content.itertext()) if content is not None else ""
    is_html = content is None or content.get("type", "text") != "text"
    return Item(
        kind,
        _STATES.get(state, state.lower()),
        plain(_text(entry, "title")),
        key_of(address).rpartition("/")[2] if address else "",
        address or number,
        date=_date(_text(entry, "published")),
        addresses=(address,) if address else (),
        html=text if is_html else f"<p>{text.replace('&', '&amp;').replace('<', '&lt;')}</p>",
        tags=tuple(one_line(label) for label in labels),
        author=one_line(_text(author, "name")) if author is not None else "",
        summary=plain(_text(entry, "metaDescription")),
    )


def _comment(entry: etree._Element) -> dict[str, str]:
    author = entry.find("{*}author")
    to = next((each.get("href", "") for each in entry.iterchildren("{*}in-reply-to")), "") or _text(entry, "parent")
    name = _text(author, "name") if author is not None else ""
    return {"to": to, "author": name, "date": _text(entry, "published"), "content": _text(entry, "content")}


def _hosts(export: Export) -> Iterator[str]:
    """Yield the hosts of whole addresses, and those under which links of the texts find two texts at least."""
    known = {key_of(item.addresses[0]) for item in export.items if item.addresses}
    found: dict[str, set[str]] = {}
    for item in export.items:
        yield from filter(None, map(host_of, item.addresses))
        for url in _LINK.findall(item.html):
            if key_of(url) in known - {"/"}:
                found.setdefault(host_of(url), set()).add(key_of(url))
    yield from (host for host, keys in found.items() if host.endswith(".blogspot.com") or len(keys) > 1)


def _date(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(microsecond=0) if text else None
    except ValueError:
        return None


def _text(element: etree._Element, name: str) -> str:
    for child in element.iterchildren(f"{{*}}{name}"):
        return "".join(child.itertext()).strip()
    return ""

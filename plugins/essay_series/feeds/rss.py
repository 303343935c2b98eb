"""`Feed` → RSS 2.0, by the RSS Advisory Board's profile, for feed readers that support nothing better."""

from __future__ import annotations

from collections.abc import Iterator
from email.utils import format_datetime
from html import escape

from lxml import etree
from lxml.builder import E

from ..package import NAME
from .body import beginning, xml_text
from .shapes import Channel, Feed, Item
from .xml import HISTORY, document

CONTENT = "http://purl.org/rss/1.0/modules/content/"
DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/rss+xml"


def rss(feed: Feed, channel: Channel) -> bytes:
    """Return `feed` as an RSS document in UTF-8."""
    namespaces = {"atom": ATOM, "content": CONTENT, "dc": DUBLIN_CORE, "fh": HISTORY}
    root = etree.Element("rss", version="2.0", nsmap=namespaces)
    children = etree.SubElement(root, "channel")
    children.extend([*_head(feed, channel), *(_item(item, channel) for item in feed.items)])
    for each in children:
        each.tail = "\n"
    return document(root, channel.stylesheet)


def _head(feed: Feed, channel: Channel) -> Iterator[etree._Element]:
    yield E.title(xml_text(feed.title))
    yield E.link(feed.page)
    yield E.description(xml_text(feed.description))
    yield E.language(channel.lang)
    yield E.lastBuildDate(format_datetime(feed.updated))
    yield E.generator(NAME)
    yield E.docs("https://www.rssboard.org/rss-specification")
    yield etree.Element(f"{{{ATOM}}}link", rel="self", type=MEDIA_TYPE, href=feed.addresses[1])
    if feed.complete:
        yield etree.Element(f"{{{HISTORY}}}complete")


def _item(item: Item, channel: Channel) -> etree._Element:
    """Return an item; readers parse its description as HTML, and expect it before ``content:encoded``."""
    element = E.item(
        E.title(item.title),
        E.link(item.url),
        E.guid(item.id, isPermaLink="false"),
        E.pubDate(format_datetime(item.published)),
        *(_text(DUBLIN_CORE, "creator", name) for name in [item.author or xml_text(channel.author)] if name),
        *(E.category(category.label, domain=category.scheme) for category in item.categories),
    )
    element.append(E.description(escape(item.summary or beginning(item.body.content) or item.title, quote=False)))
    element.append(_text(CONTENT, "encoded", item.body.html))
    return element


def _text(namespace: str, name: str, text: str) -> etree._Element:
    element = etree.Element(f"{{{namespace}}}{name}")
    element.text = text
    return element

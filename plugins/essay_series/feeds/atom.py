"""`Feed` → Atom 1.0 (RFC 4287), with RFC 5005 for complete and archived feeds and RFC 4685 for answers.

Essays are in it as XHTML, so that browsers need no more than a style sheet to show a feed as a page.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from lxml import etree
from lxml.builder import ElementMaker

from ..package import NAME
from .body import XHTML, xml_text
from .shapes import Channel, Feed, Item
from .xml import HISTORY, THREADS, XML_LANG, document

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml"
_a = ElementMaker(namespace=ATOM, nsmap={None: ATOM})
_x = ElementMaker(namespace=XHTML, nsmap={None: XHTML})


def atom(feed: Feed, channel: Channel) -> bytes:
    """Return `feed` as an Atom document in UTF-8."""
    root = etree.Element(f"{{{ATOM}}}feed", {XML_LANG: channel.lang}, nsmap={None: ATOM, "fh": HISTORY, "thr": THREADS})
    root.extend([*_head(feed, channel), *(_entry(item, channel) for item in feed.items)])
    return document(root, channel.stylesheet)


def _head(feed: Feed, channel: Channel) -> Iterator[etree._Element]:
    yield _a.id(feed.id)
    yield _a.title(xml_text(feed.title))
    yield _subtitle(feed, channel)
    yield _a.updated(timestamp(feed.updated))
    # Atom requires an author
    yield _a.author(_a.name(xml_text(channel.author or channel.name)), _a.uri(f"{channel.root}/"))
    yield _a.link(rel="self", type=MEDIA_TYPE, href=feed.addresses[0])
    yield _a.link(rel="alternate", type="text/html", href=feed.page)
    if feed.complete:
        yield etree.Element(f"{{{HISTORY}}}complete")
    if feed.archive:
        yield etree.Element(f"{{{HISTORY}}}archive")
        yield _a.link(rel="current", type=MEDIA_TYPE, href=feed.current)
    for relation, address in (("prev-archive", feed.older), ("next-archive", feed.newer)):
        if address:
            yield _a.link(rel=relation, type=MEDIA_TYPE, href=address)
    if channel.icon:
        yield _a.icon(channel.icon)
    yield _a.generator(NAME)


def _subtitle(feed: Feed, channel: Channel) -> etree._Element:
    """Return the description of the feed, with a link for people who open it in a browser."""
    text = _x.div(f"{xml_text(feed.description)} ")
    if channel.feeds_page:
        text.append(_x.a(channel.how_to_follow, href=channel.feeds_page))
    return _a.subtitle(text, type="xhtml")


def _entry(item: Item, channel: Channel) -> etree._Element:
    language = {XML_LANG: item.lang} if item.lang != channel.lang else {}
    entry = etree.Element(f"{{{ATOM}}}entry", language, nsmap={None: ATOM})
    entry.extend(
        [
            _a.id(item.id),
            _a.title(item.title),
            _a.published(timestamp(item.published)),
            _a.updated(timestamp(item.updated)),
            _a.link(rel="alternate", type="text/html", href=item.url),
        ]
    )
    if item.author:
        entry.append(_a.author(_a.name(item.author)))
    for category in item.categories:
        entry.append(_a.category(term=category.term, scheme=category.scheme, label=category.label))
    if item.replies_to:
        reference, address = item.replies_to
        entry.append(etree.Element(f"{{{THREADS}}}in-reply-to", ref=reference, href=address, type="text/html"))
    if item.summary:
        entry.append(_a.summary(item.summary))
    entry.append(_a.content(etree.fromstring(item.body.xhtml), type="xhtml"))
    return entry


def timestamp(moment: datetime) -> str:
    """Return `moment` in the format of RFC 3339, with seconds and time zone."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")

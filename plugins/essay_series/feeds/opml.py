"""Topics → OPML 2.0: a list of all feeds that feed readers can import."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from lxml import etree
from lxml.builder import E

from ..l10n import Locale
from .body import xml_text
from .shapes import Channel, Feed
from .topics import Topic, group_name
from .xml import document


def opml(listed: Sequence[tuple[Topic, Feed]], channel: Channel, locale: Locale) -> bytes:
    """Return the feeds of all topics, by group, as an OPML document in UTF-8."""
    groups = [
        E.outline(*(_outline(feed, channel) for _, feed in pairs), text=group_name(group, locale))
        for group, pairs in groupby(listed, key=lambda pair: pair[0].group)
    ]
    owner = [E.ownerName(xml_text(channel.author))] if channel.author else []
    head = E.head(E.title(channel.all_feeds), *owner)
    root = E.opml(head, E.body(*groups), version="2.0")
    return document(root)


def _outline(feed: Feed, channel: Channel) -> etree._Element:
    title = xml_text(feed.title)
    return E.outline(
        type="rss",
        text=title,
        title=title,
        xmlUrl=feed.addresses[0],
        htmlUrl=feed.page,
        description=xml_text(feed.description),
        language=channel.lang,
    )

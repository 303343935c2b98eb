"""`Feed` → JSON Feed 1.1."""

from __future__ import annotations

import json
from typing import Any

from ..package import NAME
from .atom import timestamp
from .body import xml_text
from .shapes import Channel, Feed, Item

VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(feed: Feed, channel: Channel) -> bytes:
    """Return `feed` as a JSON document in UTF-8."""
    fields = {
        "version": VERSION,
        "title": xml_text(feed.title),
        "home_page_url": feed.page,
        "feed_url": feed.addresses[2],
        "description": xml_text(feed.description),
        "user_comment": channel.this_is_a_feed if channel.feeds_page else "",
        "favicon": channel.icon,
        "authors": [{"name": xml_text(channel.author), "url": f"{channel.root}/"}] if channel.author else [],
        "language": channel.lang,
        "items": [_item(item, channel) for item in feed.items],
    }
    return (json.dumps(_without_empty(fields), ensure_ascii=False, indent=1) + "\n").encode()


def _item(item: Item, channel: Channel) -> dict[str, Any]:
    fields = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "summary": item.summary,
        "content_html": item.body.html,
        "date_published": timestamp(item.published),
        "date_modified": timestamp(item.updated),
        "language": item.lang if item.lang != channel.lang else "",
        "authors": [{"name": item.author}] if item.author else [],
        "tags": [category.label for category in item.categories],
        f"_{NAME}": _without_empty(
            {
                "series": item.series,
                "part": item.part,
                "parts": item.parts,
                "side": item.side,
                "entry": item.entry,
                "outcome": item.outcome,
                "verdict": item.verdict,
                "replies_to": item.replies_to[0] if item.replies_to else "",
            }
        ),
    }
    return _without_empty(fields)


def _without_empty(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value not in ("", None, [], {})}

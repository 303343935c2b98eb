"""`Site` → Atom, RSS, JSON Feed and OPML: one model of what subscribers read, and a writer for each format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .atom import atom
from .catalogue import Topic, newest_first, title_of, topics
from .compose import feeds
from .items import Press
from .json_feed import json_feed
from .opml import GROUPS, opml
from .rss import rss
from .shapes import Channel, Feed

WRITERS = (atom, rss, json_feed)
"""In the order of `routes.FORMATS`."""

__all__ = [
    "GROUPS",
    "WRITERS",
    "Channel",
    "Feed",
    "Press",
    "Topic",
    "also_at_former",
    "feeds",
    "files",
    "newest_first",
    "title_of",
    "topics",
]


def files(listed: Sequence[Topic], press: Press) -> Mapping[str, bytes]:
    """Return the feeds of all topics in every format, and the list of them, by output path."""
    found: dict[str, bytes] = {}
    subscribed: list[Feed] = []
    for feed in feeds(listed, press):
        for path, write in zip(feed.paths, WRITERS, strict=False):
            found[path] = write(feed, press.channel)
        if not feed.archive:
            subscribed.append(feed)
    if listed and press.routes.opml().path:
        found[press.routes.opml().path] = opml(list(zip(listed, subscribed, strict=True)), press.channel)
    return found


def also_at_former(files: Mapping[str, bytes], former: Mapping[str, str]) -> Mapping[str, bytes]:
    """Return `files` and, at each former address of a feed, the same bytes: many readers never follow a redirect.

    Args:
        files: feeds by output path.
        former: former addresses with their present ones, all with a slash in front.

    """
    copies = {then.lstrip("/"): files[now.lstrip("/")] for then, now in former.items() if now.lstrip("/") in files}
    return {**copies, **files}

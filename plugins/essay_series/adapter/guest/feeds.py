"""The feeds of series and plays, beside those of the site; ids and links are as Pelican's own feeds have them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urljoin

from feedgenerator import get_tag_uri

from ...feeds.catalogue import Topic, topics
from ...feeds.shapes import Channel
from ...languages import language
from ...model import Essay, Site
from ...routes import Routes, whole

GROUPS = ("series", "play")
"""What has a feed of ours; of the site as a whole Pelican makes one."""


def topics_of(site: Site, routes: Routes, settings: Mapping[str, Any]) -> tuple[Topic, ...]:
    """Return what has a feed of its own; nothing in a site without an address, from which ids and links are made."""
    if not settings["SITEURL"]:
        return ()
    found = topics(site, routes, language(settings["DEFAULT_LANG"]))
    return tuple(topic for topic in found if topic.group in GROUPS)


def feeds_of(
    listed: Iterable[Topic], site: Site, routes: Routes, settings: Mapping[str, Any], words: Callable[[str], str]
) -> Mapping[str, bytes]:
    """Return the files of all feeds by their output paths.

    Args:
        listed: what has a feed, with the whole texts of its essays.
        site: all essays, likewise.
        routes: where everything is.
        settings: those of the site.
        words: typesets plain text.

    """
    from ...feeds.files import files  # noqa: PLC0415 - these need libraries that a site without feeds does without
    from ...feeds.items import FeedContext  # noqa: PLC0415 - likewise

    topics_listed = tuple(listed)
    root = settings["SITEURL"].rstrip("/")
    channel = channel_of(settings, routes, root)
    versions = (*site.essays, *(each for group in site.translations.values() for each in group))
    ids = {f"/{essay.address.url}": _id(essay, root) for essay in versions}
    ids |= {address: whole(root, address[1:]) for address in (f"/{routes.feed(t.key).url}" for t in topics_listed)}
    return files(topics_listed, FeedContext(site, routes, channel, ids, words))


def channel_of(
    settings: Mapping[str, Any], routes: Routes, root: str, *, icon: str = "", stylesheet: str = ""
) -> Channel:
    """Return what all feeds of a site have in common.

    Args:
        settings: those of the site.
        routes: where everything is.
        root: the address of the site, without a slash at the end.
        icon: the whole address of its icon; empty for none.
        stylesheet: the address of the style sheet of feeds; empty for none.

    """
    return Channel(
        root=root,
        name=settings["SITENAME"],
        author=settings.get("AUTHOR") or settings["SITENAME"],
        lang=language(settings["DEFAULT_LANG"]),
        feeds_page=whole(root, routes.feeds().url) if routes.feeds().path else "",
        icon=icon,
        stylesheet=stylesheet,
    )


def _id(essay: Essay, root: str) -> str:
    """Return the id of `essay` that Pelican's own feeds have, so that readers of both know it again."""
    return str(get_tag_uri(urljoin(f"{root}/", essay.address.url), essay.date))
